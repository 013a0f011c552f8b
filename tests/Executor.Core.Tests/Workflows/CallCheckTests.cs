using Executor.Core.Workflows;

namespace Executor.Core.Tests.Workflows;

/// <summary>What a check finds when the workflows that a workflow calls are at hand.</summary>
public sealed class CallCheckTests
{
    private static readonly Dictionary<string, string> Library = new()
    {
        ["lib.child"] = "ref: lib.child\nparameters: {n: {type: integer, required: true}}\ntasks: [{name: a, action: core.noop}]",
        ["lib.back"] = "ref: lib.back\ntasks: [{name: a, action: lib.main}]",
        ["lib.maybe"] = "ref: lib.maybe\ntasks: [{name: a, action: lib.main, when: \"parameters.x\"}]",
        ["./part.yaml"] = "tasks: [{name: a, action: core.noop}]",
    };

    [Theory]
    [InlineData("{name: a, action: lib.child, input: {n: 1}}")]
    [InlineData("{name: a, action: lib.child, input: {n: \"{{ parameters.x }}\"}}")]
    [InlineData("{name: a, action: lib.child}", "input.missing 3:27")]
    [InlineData("{name: a, action: lib.child, input: {n: x}}", "input.type 3:46")]
    [InlineData("{name: a, action: lib.child, input: {n: 1, k: 1}}", "input.unknown 3:52")]
    [InlineData("{name: a, action: ./part.yaml}")]
    [InlineData("{name: a, action: ./trap.yaml}", "action.unknown 3:27")]
    [InlineData("{name: a, action: app.work}")]
    public void Calls_are_checked_like_actions(string task, params string[] problems) =>
        Assert.Equal(problems, Checked(task));

    [Theory]
    [InlineData("{name: a, action: lib.main}", "call.endless 3:16")]
    [InlineData("{name: a, action: lib.back}", "call.endless 3:16")]
    [InlineData("{name: a, action: lib.back, with_items: [1]}", "call.endless 3:16")]
    [InlineData("{name: a, action: lib.back, with_items: \"{{ parameters.x }}\"}")]
    [InlineData("{name: a, action: lib.maybe}")]
    [InlineData("{name: a, action: lib.main, when: \"parameters.x\"}")]
    [InlineData("{name: b, action: core.noop, next: [{when: failed(), do: a}]}, {name: a, action: lib.main}")]
    [InlineData("{name: b, action: core.noop, next: [{do: a}]}, {name: a, action: lib.main}", "call.endless 3:63")]
    public void Calls_that_lead_back_as_long_as_all_goes_well_are_a_warning(string tasks, params string[] problems)
    {
        Assert.Equal(problems, Checked(tasks));
        Assert.NotNull(Reading(tasks).Spec);
    }

    [Fact]
    public void A_file_that_nobody_has_looked_for_is_not_missing() =>
        Assert.Empty(Texts.Checked("tasks: [{name: a, action: ./trap.yaml}]"));

    [Fact]
    public void Each_name_is_looked_up_once_however_many_workflows_call_it()
    {
        var asked = new List<string>();
        var main = Texts.Spec(Text("{name: a, action: lib.back}, {name: b, action: lib.maybe}, {name: c, action: lib.back}"));

        var known = CallNames.Gather(main, KnownActions.None, name =>
        {
            asked.Add(name);
            return Library.TryGetValue(name, out var text) ? Texts.Spec(text) : null;
        });

        Assert.Equal(["lib.back", "lib.maybe", "lib.main"], asked);
        Assert.Equal(["lib.back", "lib.maybe"], known.Names);
        Assert.False(known.MustAsk("lib.main"));
        Assert.True(known.MustAsk("lib.other"));
    }

    private static string Text(string tasks) => $"ref: lib.main\nparameters: {{x: {{}}}}\ntasks: [{tasks}]\n";

    private static string[] Checked(string tasks) => Texts.Lines(Reading(tasks));

    private static WorkflowReading Reading(string tasks)
    {
        var spec = WorkflowYaml.Read(Text(tasks), "test").Spec!;
        var known = CallNames.Gather(spec, KnownActions.None, name =>
            name == "lib.main" ? spec : Library.TryGetValue(name, out var text) ? WorkflowYaml.Read(text, "part").Spec : null);
        return WorkflowCheck.Run(spec, known);
    }
}
