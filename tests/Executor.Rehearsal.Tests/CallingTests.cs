namespace Executor.Rehearsal.Tests;

/// <summary>Workflows that call others, rehearsed with these or without.</summary>
public sealed class CallingTests
{
    private static readonly RehearsedWorkflow Child = RehearsedWorkflow.Parse(
        """
        ref: lib.child
        parameters: {n: {type: integer, required: true}}
        tasks: [{name: work, action: core.noop}]
        output_map: {n: "{{ parameters.n }}"}
        """);

    private static readonly RehearsedWorkflow Main = RehearsedWorkflow.Parse(
        """
        tasks: [{name: call, action: lib.child, input: {n: 3}, next: [{when: failed(), do: noop}]}]
        output_map: {got: "{{ task.call }}"}
        """);

    [Fact]
    public void A_workflow_that_is_named_is_run_where_it_is_called()
    {
        var script = Main.Calling(Child).Script();

        script.Run().ShouldEnd("completed").ShouldGive("got", new { n = 3 }).ShouldDispatch("call/work", times: 1);
        script.On("call/work").Fails("broken").Run().ShouldEnd("completed").ShouldDispatch("call/work", times: 1);
        script.On("call").Succeeds(new { n = 5 }).Run().ShouldGive("got", new { n = 5 }).ShouldDispatch("call/work", times: 0);
    }

    [Fact]
    public void A_task_that_it_lacks_is_a_mistake_of_the_test()
    {
        var script = Main.Calling(Child).Script();

        Assert.Equal(
            "'lib.child' has no task 'wrok'. Did you mean 'work'? It has work.",
            Assert.Throws<ArgumentException>(() => script.On("call/wrok")).Message);
        Assert.Throws<ArgumentException>(() => script.Run().ShouldDispatch("call/wrok", times: 0));
        Assert.Contains(
            "script:1:18: task.unknown-target",
            Assert.Throws<WorkflowRefusedException>(() => script.From("script: {tasks: {call/wrok: [{}]}}")).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void One_that_is_not_named_ends_as_the_script_says() =>
        Main.Script().On("call").Succeeds(7).Run().ShouldGive("got", 7);

    [Fact]
    public void A_called_file_with_mistakes_is_named()
    {
        var folder = Directory.CreateTempSubdirectory("executor-test-");
        try
        {
            var main = Path.Combine(folder.FullName, "main.yaml");
            File.WriteAllText(main, "tasks: [{name: call, action: child.yaml}]");
            File.WriteAllText(Path.Combine(folder.FullName, "child.yaml"), "tasks: [{name: a, action: core.noop, nxt: []}]");

            var refused = Assert.Throws<WorkflowRefusedException>(() => RehearsedWorkflow.Load(main).Script().Run());

            Assert.Contains("child.yaml:1:", refused.Message, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
