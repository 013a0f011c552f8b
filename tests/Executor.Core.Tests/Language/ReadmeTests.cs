using System.Text.RegularExpressions;
using Executor.Core.Rehearsing;
using Executor.Core.Runs;
using Executor.Core.Workflows;

namespace Executor.Core.Tests.Language;

/// <summary>
/// The workflows in the README's chapter about the language. Each says <c># ends completed {...}</c>: it ends so, with
/// that output, when its actions do what <c># script {...}</c> says; without that line all succeed.
/// </summary>
public sealed class ReadmeTests
{
    private static readonly Regex Block = new("```yaml\n(.*?)```", RegexOptions.Singleline);
    private static readonly Regex End = new(@"^# ends (\w+) (\{.*\})$", RegexOptions.Multiline);

    private static readonly Regex Told = new(@"^# script (\{.*\})$", RegexOptions.Multiline);

    public static TheoryData<string> Workflows => new(Examples());

    [Theory]
    [MemberData(nameof(Workflows))]
    public void A_workflow_has_no_problems_and_ends_as_it_says(string text)
    {
        var reading = WorkflowCheck.Run(text, "readme");
        Assert.Empty(reading.Problems);

        var says = End.Match(text);
        Assert.True(says.Success, "It does not say how it ends.");
        var script = ScriptReader.Read(Told.Match(text) is { Success: true } told ? told.Groups[1].Value : "{}", reading.Spec!);
        Assert.Empty(script.Problems);
        var (report, refusal) = Rehearsal.Of(reading.Spec!, script.Script!);
        Assert.Null(refusal);
        Assert.Equal((says.Groups[1].Value, says.Groups[2].Value), (StatusWord(report!.Status), report.Output.ToString()));
    }

    /// <summary>But that which the reader refuses in this version.</summary>
    [Fact]
    public void Every_key_stands_in_one()
    {
        var examples = string.Concat(Examples());
        var keys = KeySamples.All.Keys.Concat(KeySamples.ForPeople).Concat(KeySamples.ForTheCatalogue)
            .Select(key => key.Split(' ')[1]).Distinct();

        Assert.Equal(["secret"], keys.Where(key => !Regex.IsMatch(examples, $@"(?<![\w$]){Regex.Escape(key)}:")));
    }

    private static string StatusWord(RunStatus status) => status.ToString().ToLowerInvariant();

    private static IEnumerable<string> Examples() => Block.Matches(Readme.Chapter("## The language by example")).Select(block => block.Groups[1].Value)
        .Where(text => text.Contains("\ntasks:", StringComparison.Ordinal));
}
