using Executor.Core.Rehearsing;

namespace Executor.Core.Tests.Rehearsing;

public sealed class ScriptReaderTests
{
    private const string Workflow =
        "tasks: [{name: build, action: core.noop, with_items: [1, 2]}, {name: call, action: lib.child}]";

    private const string Child = "tasks: [{name: one, action: core.noop}, {name: two, action: core.noop}]";

    [Theory]
    [InlineData("[]", "spec.type", 1, 1)]
    [InlineData("inputs: 5", "spec.type", 1, 9)]
    [InlineData("input: {}", "spec.unknown-key", 1, 1)]
    [InlineData("script: {default: {state: failed}}", "spec.unknown-key", 1, 20)]
    [InlineData("script: {default: {status: done}}", "spec.value", 1, 28)]
    [InlineData("script: {tasks: {build: {status: failed}}}", "spec.type", 1, 25)]
    [InlineData("script: {tasks: {build: [{items: 3}]}}", "spec.type", 1, 34)]
    [InlineData("script: {tasks: {build: [{items: [], status: failed}]}}", "spec.unknown-key", 1, 38)]
    [InlineData("script: {tasks: {build: [{attempts: [failed]}]}}", "spec.type", 1, 38)]
    [InlineData("order: sorted", "spec.value", 1, 8)]
    [InlineData("order: shuffle:x", "spec.value", 1, 8)]
    [InlineData("order: [[build, 0]]", "spec.value", 1, 9)]
    [InlineData("order: [build]", "spec.value", 1, 9)]
    [InlineData("order: [[build, 1]]", "items.missing", 1, 9)]
    [InlineData("order: [[call, 1, 0]]", "items.missing", 1, 9)]
    [InlineData("script: {tasks: {call: [{items: [{}]}]}}", "items.missing", 1, 26)]
    [InlineData("script: {tasks: {biuld: [{status: failed}]}}", "task.unknown-target", 1, 18)]
    [InlineData("script: {tasks: {call/tow: [{}]}}", "task.unknown-target", 1, 18)]
    [InlineData("script: {tasks: {build/two: [{}]}}", "task.unknown-target", 1, 18)]
    [InlineData("order: [[call/tow, 1]]", "task.unknown-target", 1, 10)]
    [InlineData("expect: {not_run: biuld}", "task.unknown-target", 1, 19)]
    [InlineData("expect: {dispatches: {biuld: 1}}", "task.unknown-target", 1, 23)]
    [InlineData("controls: [{op: cancel}]", "spec.missing", 1, 12)]
    [InlineData("controls: [{after: -1, op: cancel}]", "spec.value", 1, 20)]
    [InlineData("controls: [{after: 1, op: stop}]", "spec.value", 1, 27)]
    [InlineData("order: fifo\norder: lifo", "yaml.duplicate-key", 2, 1)]
    [InlineData("{", "yaml.syntax", 1, 2)]
    [InlineData("order: fifo # nothing\u0085expect: {}", "yaml.syntax", 1, 22)]
    [InlineData("expect:\n  status: completed # nothing\u2028  not_run: build", "yaml.syntax", 2, 30)]
    public void What_is_wrong_is_told_with_its_place(string script, string code, int line, int column)
    {
        var reading = Read(script);

        Assert.Null(reading.Script);
        var problem = Assert.Single(reading.Problems);
        Assert.Equal((code, $"{line}:{column}"), (problem.Code, problem.At.ToString()));
    }

    [Theory]
    [InlineData("biuld", "'test' has no task 'biuld'. Did you mean 'build'? It has build, call.")]
    [InlineData("call/tow", "'lib.child' has no task 'tow'. Did you mean 'two'? It has one, two.")]
    [InlineData("build/two", "'build' calls no workflow, so there is no 'build/two'.")]
    public void A_task_that_cannot_be_is_told_with_those_that_there_are(string task, string sentence) =>
        Assert.Equal(sentence, Assert.Single(Read($"script: {{tasks: {{{task}: [{{}}]}}}}").Problems).Message);

    [Fact]
    public void What_is_called_may_be_left_to_the_run()
    {
        Assert.Empty(Read("script: {tasks: {call/two: [{}]}}").Problems);
        Assert.Empty(Rehearsed.Reading(Workflow, "script: {tasks: {call/anything: [{items: [{}]}]}}").Problems);
    }

    [Fact]
    public void Json_is_read_as_well()
    {
        var reading = Rehearsed.Reading(
            Workflow, """{"inputs": {"a": 1.0}, "order": "lifo", "controls": [{"after": 3, "op": "cancel"}]}""");

        Assert.Empty(reading.Problems);
        Assert.Equal("""{"a":1.0}""", reading.Script!.Inputs.ToString());
    }

    [Fact]
    public void All_problems_are_told_at_once()
    {
        Assert.Equal(3, Rehearsed.Reading(Workflow, "a: 1\nb: 2\norder: x").Problems.Length);
    }

    private static ScriptReading Read(string script) => ScriptReader.Read(
        script, Rehearsed.Workflow(Workflow),
        name => name == "lib.child" ? Rehearsed.Workflow($"ref: lib.child\n{Child}") : null);
}
