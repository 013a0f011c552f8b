using Executor.Core.Runs;

namespace Executor.Core.Tests.Runs;

public sealed class OutputTests
{
    [Fact]
    [Trait("lesson", "7.4")]
    public void W23_Output_is_what_can_be_rendered_and_the_rest_is_a_warning()
    {
        var run = Scenario.OfFlow("a", """
            vars: {n: 3}
            output_map: {n: "{{ workflow.n }}", bad: "{{ workflow.nope }}", r: "{{ task.a.x }}"}
            """);
        run.Succeed("a", """{"x": 1}""");
        Assert.Equal(RunStatus.Completed, run.Status);
        Assert.Equal("""{"n":3,"r":1}""", run.Run.Output.ToString());
        var warning = Assert.Single(run.Run.Problems);
        Assert.Equal(("output.error", true), (warning.Code, warning.IsWarning));
        Assert.Contains("'bad'", warning.Message);
    }

    [Fact]
    public void Output_is_rendered_once_in_the_decision_that_ends_the_run_however_it_ends()
    {
        var run = Scenario.OfFlow("a", "output_map: {id: \"{{ uuid() }}\", at: \"{{ now() }}\"}");
        run.Fail("a");
        var ended = Assert.Single(run.Events.OfType<RunEvent.RunEnded>());
        Assert.Same(ended, run.Last[^1]);
        Assert.Equal(2, ended.Output.Count);
        Assert.Equal(RunStatus.Failed, ended.Status);
    }

    [Fact]
    public void Without_a_map_the_output_is_empty()
    {
        var run = Scenario.OfFlow("a", "vars: {n: 3}").Succeed("a");
        Assert.Equal("{}", run.Run.Output.ToString());
    }

    [Fact]
    public void Terminal_states_never_change()
    {
        var run = Scenario.OfFlow("a").Succeed("a");
        var state = Dump.Of(run.Run);
        run.Finish(new Slot("a", 1, Slot.NoItem, 1), SlotStatus.Failed).After(1000).Cancel().Start();
        Assert.Equal(state, Dump.Of(run.Run));
    }
}
