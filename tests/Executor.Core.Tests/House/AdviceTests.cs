using System.Text.RegularExpressions;
using Executor.Core.Workflows;

namespace Executor.Core.Tests.House;

public sealed class AdviceTests
{
    private static readonly Regex Literal = new("\"(?<code>(?<kind>[a-z]+)[.][a-z]+(-[a-z]+)*)\"");

    /// <summary>Wherever in the sources a code of a known kind stands, people learn what to do about it.</summary>
    [Fact]
    public void Every_code_in_the_sources_has_a_sentence_of_advice()
    {
        var kinds = ProblemAdvice.Codes.Select(code => code.Split('.')[0]).ToHashSet();
        var codes = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => Literal.Matches(File.ReadAllText(file)))
            .Where(match => kinds.Contains(match.Groups["kind"].Value))
            .Select(match => match.Groups["code"].Value)
            .ToHashSet();

        Assert.True(codes.Count > 50);
        Assert.All(codes, code => Assert.NotNull(ProblemAdvice.Of(code)));
    }
}
