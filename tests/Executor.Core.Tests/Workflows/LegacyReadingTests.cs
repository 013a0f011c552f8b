using Executor.Core.Workflows;

namespace Executor.Core.Tests.Workflows;

/// <summary>What was written before there was <c>next</c> reads as the entries of it that say the same.</summary>
public sealed class LegacyReadingTests
{
    [Theory]
    [InlineData("on_success: b", "succeeded() -> b")]
    [InlineData("on_failure: [b, fail]", "failed() -> b fail")]
    [InlineData("on_timeout: 'b, noop'", "timed_out() -> b noop")]
    [InlineData("on_complete: b", "always -> b")]
    [InlineData("publish: {x: 1}", "succeeded() x -> ")]
    [InlineData("publish: [whole, x: 1]\non_success: b", "succeeded() whole x -> b")]
    [InlineData(
        "on_complete: b\non_timeout: noop\non_failure: fail\non_success: continue\npublish: x",
        "succeeded() x -> continue; failed() -> fail; timed_out() -> noop; always -> b")]
    [InlineData("next: []\non_success: b", "succeeded() -> b")]
    [InlineData(
        "decision: [{when: failed(), next: fail}, {default: true, next: noop}, {when: skipped(), next: [b, noop]}]",
        "failed() -> fail; else skipped() -> b noop; else always -> noop")]
    [InlineData("decision: [{when: true, next: b, default: false}, {next: noop}]", "true -> b; else always -> noop")]
    [InlineData("on_success: b\ndecision: [{when: failed(), next: b}]", "succeeded() -> b; failed() -> b")]
    public void Old_keys_are_entries_of_next(string keys, string entries) =>
        Assert.Equal(entries, Entries(Texts.Task(keys)));

    [Fact]
    public void Where_next_has_entries_old_keys_say_nothing_and_each_is_warned_of()
    {
        var text = Texts.TaskText("next: [{when: failed(), do: b}]\non_success: b\npublish: x\ndecision: [{next: b}]");
        var reading = WorkflowYaml.Read(text, "test");

        Assert.Equal("failed() -> b", Entries(reading.Spec!.Tasks[0]));
        Assert.Equal(["spec.overridden 5:5", "spec.overridden 6:5", "spec.overridden 7:5"], Texts.Lines(reading));
        Assert.All(reading.Problems, problem => Assert.Equal(ProblemSeverity.Warning, problem.Severity));
    }

    [Theory]
    [InlineData("on_success: {a: b}", "spec.type 4:17")]
    [InlineData("on_failure: [b, 5]", "spec.type 4:21")]
    [InlineData("on_complete: 'not a name'", "spec.value 4:19")]
    [InlineData("on_sucess: b", "spec.unknown-key 4:5")]
    [InlineData("publish: 5", "spec.type 4:14")]
    [InlineData("publish: {x: '{{ 1 + }}'}", "expr.syntax 4:25")]
    [InlineData("decision: b", "spec.type 4:15")]
    [InlineData("decision: [b]", "spec.type 4:16")]
    [InlineData("decision: [{when: true}]", "spec.missing 4:16")]
    [InlineData("decision: [{when: '1 +', next: b}]", "expr.syntax 4:27")]
    [InlineData("decision: [{when: '', next: b}]", "when.empty 4:24")]
    [InlineData("decision: [{next: b, default: yes}]", "spec.type 4:35")]
    [InlineData("decision: [{when: true, next: b, default: true}]", "spec.value 4:17")]
    [InlineData("decision: [{next: b, default: true}, {default: true, next: b}]", "spec.value 4:43")]
    [InlineData("decision: [{next: b, do: b}]", "spec.unknown-key 4:26")]
    public void A_wrong_value_is_refused_where_it_stands(string keys, string problem) =>
        Assert.Equal([problem], Texts.Problems(Texts.TaskText(keys)));

    [Fact]
    public void Targets_of_old_keys_are_checked_where_they_stand() =>
        Assert.Equal(
            ["task.unknown-target 4:20", "task.unknown-target 5:35"],
            Texts.Checked(Texts.TaskText("on_success: b, nobody\ndecision: [{when: true, next: nobody}]")));

    [Fact]
    public void What_next_overrides_leads_nowhere() =>
        Assert.Equal(
            ["x", "y"],
            EntriesOf("tasks: [{name: x, action: x.y, next: [{do: noop}], on_success: y}, {name: y, action: x.y}]"));

    /// <summary>What the entry before has taken is out of reach: the loop ends when it is done.</summary>
    [Fact]
    public void A_loop_that_a_decision_leaves_has_an_exit()
    {
        const string Ends = "{when: workflow.n > 3, next: noop}";
        string[] checkedLoops =
        [
            .. new[] { $"[{Ends}, {{default: true, next: a}}]", $"[{{next: a}}, {Ends}]" }.Select(decision =>
                string.Join(' ', Texts.Checked(
                    $"vars: {{n: 1}}\ntasks: [{{name: s, action: x.y, on_success: a}}, {{name: a, action: x.y, decision: {decision}}}]"))),
        ];

        Assert.Equal(["", "task.no-next-exit 2:55 spec.no-effect 2:93"], checkedLoops);
    }

    private static string[] EntriesOf(string text) =>
        [.. WorkflowYaml.Read(text, "test").Spec!.Graph.Entries.Select(task => task.Name)];

    private static string Entries(TaskSpec task) => string.Join("; ", task.Next.Select(next =>
    {
        var publish = string.Concat(next.Publish.Select(one => $" {one.Name}"));
        return $"{(next.IsElse ? "else " : "")}{next.When?.Source ?? "always"}{publish} -> {string.Join(' ', next.Do)}";
    }));
}
