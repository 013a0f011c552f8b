using Executor.Core.Workflows;

namespace Executor.Core.Tests.Rehearsing;

public sealed class ScriptReaderTests
{
    private const string Workflow = "tasks: [{name: build, action: core.noop}]";

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
    [InlineData("controls: [{op: cancel}]", "spec.missing", 1, 12)]
    [InlineData("controls: [{after: -1, op: cancel}]", "spec.value", 1, 20)]
    [InlineData("controls: [{after: 1, op: stop}]", "spec.value", 1, 27)]
    [InlineData("order: fifo\norder: lifo", "yaml.duplicate-key", 2, 1)]
    [InlineData("{", "yaml.syntax", 1, 2)]
    public void What_is_wrong_is_told_with_its_place(string script, string code, int line, int column)
    {
        var reading = Rehearsed.Reading(Workflow, script);

        Assert.Null(reading.Script);
        var problem = Assert.Single(reading.Problems);
        Assert.Equal((code, $"{line}:{column}"), (problem.Code, problem.At.ToString()));
    }

    [Fact]
    public void A_task_that_the_workflow_lacks_is_a_warning_with_the_nearest_name()
    {
        var reading = Rehearsed.Reading(Workflow, "script: {tasks: {biuld: [{status: failed}]}}");

        Assert.NotNull(reading.Script);
        var problem = Assert.Single(reading.Problems);
        Assert.Equal(ProblemSeverity.Warning, problem.Severity);
        Assert.Contains("'build'", problem.Message, StringComparison.Ordinal);
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
}
