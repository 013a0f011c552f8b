using Executor.Core.Workflows;

namespace Executor.Core.Tests.Language;

/// <summary>What a check finds and refuses, and what it only warns of: one line for each rule of it.</summary>
public sealed class SeverityTests
{
    private static readonly KnownActions Catalogue = new(
        [
            new ActionSpec("x.y", new ParameterSchema([], Open: true)),
            new ActionSpec(
                "x.strict",
                new ParameterSchema(
                    [new("n", ["integer"], true, null, [], null, null, null, null, null, null, [], false, null)])),
        ],
        areAll: true);

    private static readonly KnownActions Some = new([], areAll: false);

    [Theory]
    [InlineData("unknown target", "a: {action: x.y, next: [{do: nope}]}", "task.unknown-target")]
    [InlineData("no entry", "a: {action: x.y, next: [{when: failed(), do: a}]}", "workflow.no-entry")]
    [InlineData("join larger than its edges", "a: {action: x.y, next: [{do: b}]}\nb: {action: x.y, join: 2}", "join.too-many")]
    [InlineData("join on an entry task", "a: {action: x.y, join: all}", "join.on-entry")]
    [InlineData("concurrency without items", "a: {action: x.y, concurrency: 2}", "items.missing")]
    [InlineData("fail_fast without items", "a: {action: x.y, fail_fast: true}", "items.missing")]
    [InlineData("unknown name", "a: {action: x.y, input: {x: '{{ nope }}'}}", "expr.unknown-name")]
    [InlineData("unknown parameter", "a: {action: x.y, input: {x: '{{ parameters.nope }}'}}", "expr.unknown-name")]
    [InlineData("unknown function", "a: {action: x.y, input: {x: '{{ nope() }}'}}", "expr.unknown-function")]
    [InlineData("wrong arity", "a: {action: x.y, input: {x: '{{ length() }}'}}", "expr.arguments")]
    [InlineData("syntax", "a: {action: x.y, when: '1 +'}", "expr.syntax")]
    [InlineData("reserved name", "item: {action: x.y}", "task.reserved")]
    [InlineData("unknown action of a catalogue", "a: {action: x.z}", "action.unknown")]
    [InlineData("missing input of an action", "a: {action: x.strict}", "input.missing")]
    [InlineData("outcome in an entry task", "a: {action: x.y, input: {x: '{{ succeeded() }}'}}", "task.no-outcome")]
    [InlineData("result in an entry task", "a: {action: x.y, with_items: '{{ result() }}'}", "task.no-outcome")]
    [InlineData("result in a join", "a: {action: x.y, next: [{do: b}]}\nb: {action: x.y, join: all, input: '{{ result() }}'}", "task.no-outcome")]
    [InlineData("a pattern that cannot be read", "a: {action: x.y, input: {x: '{{ match(\"(\", \"x\") }}'}}", "expr.regex")]
    [InlineData("items with text around", "a: {action: x.y, with_items: 'x{{ [1] }}'}", "items.not-a-list")]
    [InlineData("concurrency with text around", "a: {action: x.y, with_items: [1], concurrency: 'x{{ 1 }}'}", "items.concurrency")]
    [InlineData("a pool without a name", "a: {action: x.y, pool: ''}", "pool.empty")]
    [InlineData("input with text around", "a: {action: x.y, input: 'x{{ {} }}'}", "input.shape")]
    public void A_mistake_refuses_the_workflow(string rule, string tasks, string code) =>
        Check(rule, tasks, code, ProblemSeverity.Error, Catalogue);

    [Theory]
    [InlineData("unreachable task", "a: {action: x.y}\nb: {action: x.y, next: [{when: failed(), do: b}]}", "task.unreachable")]
    [InlineData("unknown core action without a catalogue", "a: {action: core.nope}", "action.unknown")]
    [InlineData("an action without a pack", "a: {action: echo}", "action.unknown")]
    [InlineData("a variable that nothing sets", "a: {action: x.y, input: {x: '{{ workflow.nope }}'}}", "expr.unknown-name")]
    [InlineData("a loop without an exit", "a: {action: x.y, next: [{do: b}]}\nb: {action: x.y, next: [{do: b}]}", "task.no-next-exit")]
    [InlineData("two branches that publish one name", "a: {action: x.y, next: [{publish: x}]}\nb: {action: x.y, next: [{publish: x}]}", "publish.side-by-side")]
    [InlineData("items that are no list", "a: {action: x.y, with_items: 5}", "items.not-a-list")]
    [InlineData("a transition that does nothing", "a: {action: x.y, next: [{when: failed()}]}", "spec.no-effect")]
    [InlineData("a wait without a delay", "a: {action: x.y, retry: {count: 1, jitter: 0.5}}", "spec.no-effect")]
    [InlineData("a pool of people", "a: {action: core.ask, input: {prompt: x}, pool: x}", "spec.no-effect")]
    [InlineData("a default answer without a timeout", "a: {action: core.ask, input: {prompt: x, default_response: 1}}", "spec.no-effect")]
    [InlineData("a variable that nothing can read", "a: {action: x.y, next: [{publish: {x-y: 1}}]}", "vars.unreadable")]
    [InlineData("a variable that is hidden", "a: {action: x.y, next: [{publish: {and: 1}}]}", "vars.hidden")]
    public void What_may_be_meant_is_a_warning(string rule, string tasks, string code) =>
        Check(rule, tasks, code, ProblemSeverity.Warning, Some);

    private static void Check(string rule, string tasks, string code, ProblemSeverity severity, KnownActions actions)
    {
        Assert.NotEmpty(rule);
        var text = "parameters: {p: {}}\ntasks:\n" + string.Concat(tasks.Split('\n').Select(line => $"  {line}\n"));

        var reading = WorkflowCheck.Run(text, "test", actions);

        var problem = Assert.Single(reading.Problems);
        Assert.Equal((code, severity), (problem.Code, problem.Severity));
        Assert.Equal(severity == ProblemSeverity.Warning, reading.Spec is not null);
        Assert.NotEmpty(problem.Advice!);
    }
}
