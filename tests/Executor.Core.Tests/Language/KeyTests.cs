using System.Globalization;
using System.Text;
using Executor.Core.Rehearsing;
using Executor.Core.Runs;
using Executor.Core.Tests.Runs;
using Executor.Core.Values;
using Executor.Core.Workflows;

namespace Executor.Core.Tests.Language;

/// <summary>A key is obeyed or refused, never ignored.</summary>
[Trait("lesson", "8.2")]
public sealed class KeyTests
{
    public static TheoryData<string> Obeyed => new(KeySamples.All.Keys);

    [Fact]
    public void Every_key_that_is_read_has_a_sample() =>
        Assert.Equal(
            KeyTables.Keys.Order(),
            KeySamples.All.Keys.Concat(KeySamples.ForPeople).Concat(KeySamples.ForTheCatalogue).Order());

    [Theory]
    [MemberData(nameof(Obeyed))]
    public void Without_its_key_a_sample_ends_otherwise(string key)
    {
        var sample = KeySamples.All[key];
        Assert.Contains($"{key.Split(' ')[1]}:", Marked(sample), StringComparison.Ordinal);

        Assert.NotEqual(Outcome(sample), Outcome(sample.Replace(Marked(sample), "", StringComparison.Ordinal)));
    }

    [Fact]
    public void What_is_for_people_and_for_the_catalogue_is_kept()
    {
        var spec = Scenario.Read("""
            label: A label
            description: What it does
            tags: [x, y]
            version: 1.10
            parameters: {n: {description: How many}}
            tasks: [{name: a, action: core.noop}]
            """);

        Assert.Equal(("A label", "What it does", "1.10"), (spec.Label, spec.Description, spec.Version));
        Assert.Equal(["x", "y"], spec.Tags.AsEnumerable());
        Assert.Equal("How many", spec.Parameters!.Parameters[0].Description);
    }

    private static string Marked(string sample) =>
        Assert.Single(sample.Split('\n'), line => line.EndsWith("#-", StringComparison.Ordinal));

    /// <summary>What is wrong with it, or how it runs to its end.</summary>
    private static string Outcome(string sample)
    {
        var parts = sample.Split("\n---\n");
        var checkedText = WorkflowCheck.Run(parts[0], "sample");
        if (checkedText.Spec is not { } workflow)
        {
            return string.Join('\n', checkedText.Problems.Select(problem => problem.Code));
        }

        var script = ScriptReader.Read(parts.Length > 1 ? parts[1] : "{}", workflow);
        Assert.Empty(script.Problems);
        var (report, refusal) = Rehearsal.Of(workflow, script.Script!);
        return report is null ? refusal!.Message : Text(report) + Sent(workflow, script.Script!.Inputs);
    }

    private static string Text(RehearsalReport report)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{report.Status} {report.Output} {report.Variables}");
        text.AppendJoin('\n', report.Problems).AppendLine();
        text.AppendJoin('\n', report.Dispatches).AppendLine();
        return text.AppendJoin('\n', report.Tasks).AppendLine().ToString();
    }

    /// <summary>What a rehearsal does not tell: where the first dispatches go and how long they may take.</summary>
    private static string Sent(WorkflowSpec workflow, Value.Map inputs)
    {
        var start = new RunCommand.Start(workflow, inputs, RunLimits.Default, RequestKey: null, Scenario.Begin);
        var decision = RunDecider.Decide(RunState.Initial(new RunId("sample")), start);
        return string.Join('\n', decision.Events.OfType<RunEvent.Dispatched>()
            .Select(sent => $"{sent.Slot} {sent.Pool} {sent.Timeout}"));
    }
}
