using Executor.Core.Runs;

namespace Executor.Core.Tests.Runs;

public sealed class OutputTests
{
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
