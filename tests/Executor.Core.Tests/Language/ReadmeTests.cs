using System.Text.RegularExpressions;
using Executor.Core.Rehearsing;
using Executor.Core.Runs;
using Executor.Core.Tests.House;
using Executor.Core.Workflows;

namespace Executor.Core.Tests.Language;

/// <summary>
/// The workflows in the README's chapter about the language. One that says <c># ends completed {...}</c> ends so, with
/// that output, when all its actions succeed.
/// </summary>
public sealed class ReadmeTests
{
    private static readonly Regex Block = new("```yaml\n(.*?)```", RegexOptions.Singleline);
    private static readonly Regex End = new(@"^# ends (\w+) (\{.*\})$", RegexOptions.Multiline);

    public static TheoryData<string> Workflows => new(
        Block.Matches(Chapter()).Select(block => block.Groups[1].Value).Where(text => text.Contains("\ntasks:", StringComparison.Ordinal)));

    [Theory]
    [MemberData(nameof(Workflows))]
    public void A_workflow_has_no_problems_and_ends_as_it_says(string text)
    {
        var reading = WorkflowCheck.Run(text, "readme");
        Assert.Empty(reading.Problems);

        if (End.Match(text) is { Success: true } says)
        {
            var script = ScriptReader.Read("{}", reading.Spec!).Script!;
            var (report, refusal) = Rehearsal.Of(reading.Spec!, script);
            Assert.Null(refusal);
            Assert.Equal((says.Groups[1].Value, says.Groups[2].Value), (StatusWord(report!.Status), report.Output.ToString()));
        }
    }

    [Fact]
    public void Some_say_how_they_end() => Assert.True(End.Count(Chapter()) >= 3);

    private static string StatusWord(RunStatus status) => status.ToString().ToLowerInvariant();

    private static string Chapter()
    {
        var readme = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));
        var start = readme.IndexOf("## The language by example", StringComparison.Ordinal);
        return readme[start..readme.IndexOf("\n## ", start + 5, StringComparison.Ordinal)];
    }
}
