using Executor.Core.Runs;
using Executor.Core.Tests.Runs;
using Executor.Core.Values;

namespace Executor.Core.Tests.Vectors;

public sealed class BranchOutcomes
{
    [Fact]
    [Trait("vector", "W1")]
    public void A_chain_runs_in_order_with_one_visit_each_and_an_empty_output()
    {
        var run = Scenario.OfFlow("""
            a -S-> b
            b -S-> c
            """);
        run.Succeed("a").Succeed("b").Succeed("c");
        Assert.Equal(RunStatus.Completed, run.Status);
        Assert.Equal(["a/1 completed", "b/1 completed", "c/1 completed"], run.Visits);
        Assert.Equal([null, "a", "b"], run.Events.OfType<RunEvent.VisitOpened>().Select(opened => opened.OpenedBy));
        Assert.Equal("{}", RunResults.Of(run.Run).ToString());
        Assert.Null(run.Error);
    }

    [Fact]
    [Trait("vector", "W2")]
    public void A_failure_that_nothing_handles_fails_the_run_and_names_the_task()
    {
        var run = Scenario.OfFlow("""
            a -S-> b
            b -S-> c
            """);
        run.Succeed("a").Fail("b");
        Assert.Equal(RunStatus.Failed, run.Status);
        Assert.Equal("Workflow failed: 1 task(s) failed: b", run.Error);
        Assert.Equal(["a/1 completed", "b/1 failed"], run.Visits);
        Assert.Equal(
            ValueJson.Parse("""
                {"error": "Workflow failed: 1 task(s) failed: b", "succeeded": false,
                 "causes": [{"task": "b", "code": "task.failed", "message": "Task 'b' ended failed: boom"}]}
                """),
            RunResults.Of(run.Run));
    }

    [Fact]
    [Trait("vector", "W3")]
    public void A_failure_with_a_recovery_task_is_handled()
    {
        var run = Scenario.OfFlow("""
            a -S-> b
            b -F-> recovery
            """);
        run.Succeed("a").Fail("b").Succeed("recovery");
        Assert.Equal(RunStatus.Completed, run.Status);
        Assert.Equal(["a/1 completed", "b/1 failed", "recovery/1 completed"], run.Visits);
    }

    [Fact]
    [Trait("vector", "W4")]
    public void Parallel_entry_tasks_run_to_their_end_before_the_run_fails()
    {
        foreach (var order in Permutations.Of("x", "y", "z"))
        {
            var run = Scenario.OfFlow("x\ny\nz");
            Assert.Equal(["x", "y", "z"], run.Out);
            foreach (var task in order)
            {
                Assert.False(run.Run.HasEnded);
                _ = task == "y" ? run.Fail(task) : run.Succeed(task);
            }

            Assert.Equal("Workflow failed: 1 task(s) failed: y", run.Error);
        }
    }

    [Fact]
    [Trait("vector", "W5")]
    public void Publishing_alone_handles_nothing_but_is_done()
    {
        var run = Scenario.Of("""
            tasks:
              - {name: b, action: core.noop, next: [{when: failed(), publish: {why: "{{ error() }}"}}]}
            """);
        run.Fail("b");
        Assert.Equal("\"boom\"", run.Variable("why"));
        Assert.Equal("Workflow failed: 1 task(s) failed: b", run.Error);
    }

    [Fact]
    [Trait("vector", "W6")]
    public void All_matching_transitions_fire_in_written_order_in_one_decision()
    {
        var run = Scenario.OfFlow("""
            a -S-> b
            a -*-> c
            """);
        run.Succeed("a");
        Assert.Equal(["b", "c"], run.Out);
        Assert.Equal(2, run.Entries);
    }
}
