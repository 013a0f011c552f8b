using System.Globalization;
using System.Text.RegularExpressions;

namespace Executor.Core.Tests.House;

/// <summary>What is expected of the language: for each section, each workflow and each shape of a result there is a test that names it.</summary>
/// <remarks>
/// The rows of sections are data of the tests in <c>Vectors</c>: 1 expressions and functions, 2 names, 3 templates,
/// 4 transitions, 6 parameters. Section 5 is the workflows, W1 to W35, and section 7 the shapes of results, each by name.
/// </remarks>
public sealed class VectorTests
{
    private static readonly Regex Named = new(@"Trait\(""vector"", ""(?<vector>(W?[0-9]+b?|7 [a-z -]+))""\)");
    private static readonly string[] Sections = ["1", "2", "3", "4", "6"];

    private static readonly string[] Shapes =
    [
        "succeeded", "failed", "output format", "timed out", "cancelled", "cancelled before it started",
        "cancelled by policy", "no worker in time", "abandoned", "expired unread", "inquiry", "run completed",
        "run failed or cancelled", "sub-workflow", "items", "result view", "words",
    ];

    /// <summary>
    /// About policies, which are not here, as are not configuration, keystores and secrets in the tables of names,
    /// parameters and results.
    /// </summary>
    private static readonly string[] ToCome = ["W33", "W34", "7 cancelled by policy"];

    [Fact]
    public void Each_has_a_test_that_names_it()
    {
        var named = Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => Named.Matches(File.ReadAllText(file)))
            .Select(match => match.Groups["vector"].Value)
            .Distinct();

        Assert.Equal(
            All().Except(ToCome).Order(StringComparer.Ordinal), named.Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> All() =>
    [
        .. Sections, .. Shapes.Select(shape => $"7 {shape}"), "W8b",
        .. Enumerable.Range(1, 35).Select(number => string.Create(CultureInfo.InvariantCulture, $"W{number}")),
    ];
}
