using System.Collections.Immutable;
using Executor.Core.Runs;
using Executor.Core.Tests.Runs;
using Executor.Core.Values;
using Executor.Core.Workflows;

namespace Executor.Core.Tests.Workflows;

/// <summary>Inputs of actions whose schema is known, before and while a workflow runs.</summary>
public sealed class ActionCheckTests
{
    private static readonly KnownActions Known = new(
        [
            new ActionSpec("net.get", new ParameterSchema([Of("url", "string") with { Required = true }, Of("tries", "integer")]))
            {
                Timeout = TimeSpan.FromSeconds(7),
                Pool = "far",
                Idempotent = true,
            },
            new ActionSpec("net.run", new ParameterSchema([Of("args", "array"), Of("cmd", "string")])) { OneOf = ["args", "cmd"] },
            new ActionSpec("net.any", new ParameterSchema([], Open: true)),
        ],
        areAll: false);

    [Theory]
    [InlineData("net.get", "{}", "input.missing input")]
    [InlineData("net.get", "{url: null}", "input.missing url")]
    [InlineData("net.get", "{url: 5}", "input.type url")]
    [InlineData("NET.get", "{url: 5}", "input.type url")]
    [InlineData("net.get", "{url: a, ulr: b}", "input.unknown ulr")]
    [InlineData("net.get", "{url: a, ulr: \"{{ parameters.x }}\"}", "input.unknown ulr")]
    [InlineData("net.get", "{tries: x}", "input.missing input", "input.type tries")]
    [InlineData("net.get", "{url: \"{{ parameters.x }}\", tries: \"{{ parameters.x }}\"}")]
    [InlineData("net.get", "{url: a, tries: null}")]
    [InlineData("net.get", "\"{{ parameters.x }}\"")]
    [InlineData("net.run", "{}", "input.missing input")]
    [InlineData("net.run", "{cmd: null}", "input.missing input")]
    [InlineData("net.run", "{args: [a, \"{{ parameters.x }}\"]}")]
    [InlineData("net.run", "{cmd: a}")]
    [InlineData("net.any", "{what: ever}")]
    [InlineData("else.where", "{what: ever}")]
    public void What_is_certainly_wrong_is_found_before_anything_runs(string action, string input, params string[] problems)
    {
        var line = $"tasks: [{{name: a, action: {action}, input: {input}}}]";
        var expected = problems.Select(problem => problem.Split(' '))
            .Select(problem => $"{problem[0]} 2:{line.IndexOf(problem[1] + ":", StringComparison.Ordinal) + 1}");

        Assert.Equal(
            expected, Texts.Checked($"parameters: {{x: {{type: string}}}}\n{line}", Known).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void An_input_that_is_wrong_inside_is_told_at_its_name() =>
        Assert.Equal(
            ["input.type 6:7", "input.unknown 4:27"],
            Texts.Checked(
                """
                parameters: {x: {type: string}}
                tasks:
                  a:
                    action: net.get url=x ulr=5
                    input:
                      tries: [1]
                """, Known).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("{url: \"{{ parameters.x }}\"}", "{\"x\": \"a\"}", null)]
    [InlineData("{url: \"{{ parameters.x }}\"}", "{\"x\": 5}", "input.type")]
    [InlineData("{url: \"{{ parameters.x }}\"}", "{\"x\": null}", "input.missing")]
    [InlineData("\"{{ parameters.x }}\"", "{\"x\": {\"url\": \"a\", \"b\": 1}}", "input.unknown")]
    public void A_rendered_input_that_does_not_fit_ends_the_visit_failed_and_its_transitions_are_followed(
        string input, string given, string? code)
    {
        var run = Begin($"{{name: a, action: net.get, input: {input}, next: [{{when: failed(), do: b}}]}}", given);

        var visit = run.Visit("a", 1)!;
        Assert.Equal((code, code is null ? SlotStatus.Running : SlotStatus.Failed), (visit.Code, visit.Status));
        Assert.Equal(code is not null, run.Visit("b", 1) is not null);
    }

    [Fact]
    public void Of_items_none_starts_when_one_does_not_fit_and_it_is_named()
    {
        var run = Begin(
            "{name: a, action: net.get, with_items: [x, y, 3], concurrency: 3, input: {url: \"{{ item }}\"}}", "{}");

        var visit = run.Visit("a", 1)!;
        Assert.Equal((SlotStatus.Failed, "input.type", 0), (visit.Status, visit.Code, visit.Attempts));
        Assert.StartsWith("Item 2: net.get does not take this input: /url ", visit.Error);
    }

    [Fact]
    public void What_a_task_leaves_open_is_the_actions()
    {
        var plan = Begin("{name: a, action: net.get, input: {url: x}}", "{}").Visit("a", 1)!.Plan!;
        var own = Begin(
            "{name: a, action: net.get, input: {url: x}, timeout: 1, pool: near, idempotent: false}", "{}").Visit("a", 1)!.Plan!;

        Assert.Equal((TimeSpan.FromSeconds(7), "far", true), (plan.Timeout, plan.Pool, plan.Idempotent));
        Assert.Equal((TimeSpan.FromSeconds(1), "near", false), (own.Timeout, own.Pool, own.Idempotent));
    }

    [Theory]
    [InlineData(true, SlotStatus.Failed, "action.unknown")]
    [InlineData(false, SlotStatus.Running, null)]
    public void An_action_that_nobody_has_ends_the_visit_where_all_are_known(bool areAll, SlotStatus status, string? code)
    {
        var visit = Begin("{name: a, action: \"{{ parameters.x }}\"}", "{\"x\": \"no.body\"}", new KnownActions([], areAll))
            .Visit("a", 1)!;

        Assert.Equal((status, code), (visit.Status, visit.Code));
    }

    private static RunState Begin(string task, string inputs, KnownActions? known = null)
    {
        var workflow = Scenario.Read(
            $"parameters: {{x: {{}}}}\ntasks: [{task}, {{name: b, action: net.any, next: [{{do: b}}]}}]");
        var start = new RunCommand.Start(
            workflow, (Value.Map)ValueJson.Parse(inputs), RunLimits.Default, null, Scenario.Begin);
        var run = RunState.Initial(new RunId("r"));
        return run.Evolve(RunDecider.Decide(run, start, known ?? Known).Events);
    }

    private static ParameterSpec Of(string name, params ImmutableArray<string> types) => new(
        name, types, false, null, [], null, null, null, null, null, null, [], false, null);
}
