using Executor.Core.Runs;
using Executor.Core.Tests.Runs;

namespace Executor.Core.Tests.Vectors;

public sealed class LoopOutcomes
{
    [Fact]
    [Trait("vector", "W25")]
    [Trait("lesson", "3.2")]
    public void A_loop_iterates_until_its_condition_is_false_with_every_result_twice()
    {
        var run = Scenario.Of("""
            vars: {i: 0}
            tasks:
              - {name: start, action: core.noop, next: [{do: a}]}
              - {name: a, action: core.noop, next: [{when: succeeded(), publish: {i: "{{ workflow.i + 1 }}"}, do: b}]}
              - {name: b, action: core.noop, next: [{when: "workflow.i < 3", do: a}]}
            """);
        while (run.Out is [var slot])
        {
            var told = run.SlotOf(slot);
            run.Finish(told, SlotStatus.Completed).Finish(told, SlotStatus.Completed);
            Assert.Empty(run.Last);
        }

        Assert.Equal(["start", "a", "b", "a/2", "b/2", "a/3", "b/3"], run.Sent);
        Assert.Equal(RunStatus.Completed, run.Status);
        Assert.Equal("3", run.Variable("i"));
    }

    [Fact]
    [Trait("vector", "W25")]
    public void A_task_may_lead_to_itself()
    {
        var run = Scenario.OfFlow("""
            start -*-> a
            a -F-> a
            """);
        run.Succeed("start").Fail("a").Fail("a/2").Succeed("a/3");
        Assert.Equal(RunStatus.Completed, run.Status);
        Assert.Equal(["start/1 completed", "a/1 failed", "a/2 failed", "a/3 completed"], run.Visits);
    }
}
