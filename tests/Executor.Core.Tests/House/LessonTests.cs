using System.Globalization;
using System.Text.RegularExpressions;

namespace Executor.Core.Tests.House;

/// <summary>What has gone wrong in other executors, by chapter: for each there is a test that names it.</summary>
public sealed class LessonTests
{
    private static readonly Regex Named = new(@"Trait\(""lesson"", ""(?<lesson>[0-9]+\.[0-9]+)""\)");

    private static readonly (string About, int Count)[] Chapters =
    [
        ("with items", 11), ("transitions and conditions", 7), ("joins and loops", 3), ("failure, retry, timeout", 7),
        ("cancel, pause, rerun", 9), ("calls and questions", 6), ("expressions and templates", 8), ("validation", 5),
        ("messaging", 9), ("claims, workers, leases", 13), ("admission, policies and queues", 7), ("storage and journal", 6),
        ("API, command line, notifications", 8),
    ];

    /// <summary>About what is not here: permission sets, keystores, prepared environments, policies and triggers.</summary>
    private static readonly string[] OfOthers =
        ["6.3", "7.5", "10.13", "11.1", "11.2", "11.3", "11.4", "11.5", "11.6", "11.7", "13.7"];

    [Fact]
    public void Each_has_a_test_that_names_it()
    {
        var named = Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => Named.Matches(File.ReadAllText(file)))
            .Select(match => match.Groups["lesson"].Value)
            .Distinct();

        Assert.Equal(
            All().Except(OfOthers).Order(StringComparer.Ordinal), named.Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> All() => Chapters.SelectMany((chapter, number) => Enumerable.Range(1, chapter.Count)
        .Select(lesson => string.Create(CultureInfo.InvariantCulture, $"{number + 1}.{lesson}")));
}
