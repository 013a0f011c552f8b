using Executor.Core.Rehearsing;
using Executor.Core.Workflows;
using static Executor.Core.Tests.Rehearsing.Rehearsed;

namespace Executor.Core.Tests.Rehearsing;

/// <summary>What a script says and no attempt asks for is told, and nothing else.</summary>
public sealed class NeverAskedTests
{
    private const string Workflow =
        """
        tasks:
          - {name: probe, action: core.noop, with_items: [a, b], retry: {count: 1}, next: [{when: succeeded(), do: done}, {do: noop}]}
          - {name: done, action: core.noop}
          - {name: call, action: lib.child, next: [{do: noop}]}
        """;

    private const string Child = "tasks: [{name: one, action: core.noop}]";

    [Theory]
    [InlineData("{}")]
    [InlineData("script: {tasks: {probe: [{items: [{}, {status: failed, attempts: [{status: timeout}]}]}]}}")]
    [InlineData("script: {tasks: {probe: [{attempts: [{status: failed}, {}]}], done: [{}]}}")]
    [InlineData("order: [[probe, 1, 1], [probe, 1, 0], [done, 1], [call/one, 1]]\ncontrols: [{after: 4, op: cancel}]")]
    [InlineData("script: {tasks: {call: [{status: failed}], done: []}}")]
    public void What_was_asked_for_is_not_told(string script) => Assert.Empty(Run(script).NeverAsked);

    [Theory]
    [InlineData("script: {tasks: {done: [{}], probe: [{status: failed}]}}", "task 'done'")]
    [InlineData("script: {tasks: {call/one: [{}], call: [{}]}}", "task 'call/one'")]
    [InlineData("script: {tasks: {done: [{}, {status: failed}, {}]}}", "task 'done', visit 2", "task 'done', visit 3")]
    [InlineData("script: {tasks: {probe: [{items: [{}, {}, {}, {status: failed}]}]}}", "task 'probe', visit 1, item 2", "task 'probe', visit 1, item 3")]
    [InlineData("script: {tasks: {probe: [{items: [{attempts: [{}, {}]}]}]}}", "task 'probe', visit 1, item 0, attempt 2")]
    [InlineData("script: {tasks: {done: [{attempts: [{}], status: failed}]}}", "task 'done', visit 1, attempts from 2 on")]
    [InlineData("order: [[probe, 1, 5], [done, 1], [done, 1], [probe, 2, 0]]", "order, task 'probe', visit 1, item 5", "order, task 'done', visit 1", "order, task 'probe', visit 2, item 0")]
    [InlineData("order: [[call, 1]]", "order, task 'call', visit 1")]
    [InlineData("controls: [{after: 5, op: cancel}]", "controls, after 5")]
    public void What_was_not_is_told_with_its_place_and_is_a_warning(string script, params string[] parts)
    {
        var report = Run(script);

        Assert.Equal(parts, report.NeverAsked);
        Assert.Equal(
            parts.Select(part => (RehearsalCodes.NeverAsked, $"Scripted but never asked for: {part}.", true)),
            report.Warnings.Select(warning => (warning.Code, warning.Message, warning.IsWarning)));
        Assert.NotNull(ProblemAdvice.Of(RehearsalCodes.NeverAsked));
    }

    [Fact]
    public void Exploring_tells_only_what_no_order_asked_for()
    {
        const string Script =
            "script: {tasks: {probe: [{items: [{attempts: [{}, {}]}, {}, {}]}], done: [{}, {}]}}\norder: [[done, 7]]";
        var spec = Rehearsed.Workflow(Workflow);
        var script = ScriptReader.Read(Script, spec).Script!;

        var (report, _) = Exploration.Of(spec, script, trials: 60, seed: 1, failures: 0.5, mayFail: [], workflows: Find);

        Assert.Equal(["task 'done', visit 2", "task 'probe', visit 1, item 2"], report!.NeverAsked.ToArray());
    }

    private static RehearsalReport Run(string script) => Of(Workflow, script, Find);

    private static WorkflowSpec? Find(string name) => name == "lib.child" ? Rehearsed.Workflow(Child) : null;
}
