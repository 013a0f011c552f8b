using Executor.Core.Runs;
using Executor.Core.Tests.Rehearsing;

namespace Executor.Core.Tests.Runs;

/// <summary>A parallel task is one visit around the visits of the tasks inside.</summary>
public sealed class ParallelTests
{
    private const string Build = """
        tasks:
          - name: build
            type: parallel
            tasks:
              - {name: x, action: core.noop}
              - {name: y, action: core.noop, with_items: [1, 2], concurrency: 2}
            next:
              - {when: succeeded(), publish: {got: "{{ result() }}"}, do: after}
              - {when: failed(), publish: {why: "{{ error() }}"}, do: repair}
              - {when: timed_out(), do: late}
          - {name: after, action: core.noop, input: {x: "{{ task.build.x }}", y: "{{ task.y }}"}}
          - {name: repair, action: core.noop}
          - {name: late, action: core.noop}
        """;

    [Fact]
    public void It_begins_all_inside_at_once_and_ends_after_the_last_whatever_the_order()
    {
        foreach (var order in Permutations.Of("x", "y[0]", "y[1]"))
        {
            var run = Scenario.Of(Build);
            Assert.Equal(["x", "y[0]", "y[1]"], run.Out);
            Assert.Equal(["build/1 running", "x/1 running", "y/1 running"], run.Visits);

            foreach (var slot in order)
            {
                Assert.DoesNotContain("after", run.Out);
                run.Succeed(slot, $"\"{slot}\"");
            }

            Assert.Equal("""{"x":"x","y":["y[0]","y[1]"]}""", run.Variable("got"));
            Assert.Equal("""{"x":"x","y":["y[0]","y[1]"]}""", run.Input("after").ToString());
            Assert.Equal(RunStatus.Completed, run.Succeed("after").Status);
        }
    }

    [Fact]
    public void A_failure_inside_that_nothing_there_handles_fails_it_after_all_have_ended()
    {
        foreach (var order in Permutations.Of("x", "y[0]", "y[1]"))
        {
            var run = Scenario.Of(Build);
            foreach (var slot in order)
            {
                _ = slot == "x" ? run.Fail(slot) : run.Succeed(slot);
            }

            Assert.Equal(["repair"], run.Out);
            Assert.Equal("\"1 of 2 tasks did not succeed; x: boom\"", run.Variable("why"));
            Assert.Equal(RunStatus.Completed, run.Succeed("repair").Status);
        }
    }

    [Fact]
    public void What_ran_out_of_time_inside_is_a_timeout_outside()
    {
        var run = Scenario.Of(Build).TimeOut("x").Succeed("y[0]").Succeed("y[1]");

        Assert.Equal(["late"], run.Out);
    }

    [Fact]
    public void A_failure_that_is_handled_inside_is_none_outside()
    {
        var run = Scenario.Of("""
            tasks:
              - name: p
                type: parallel
                tasks: {x: {action: core.noop, on_failure: continue}, y: {action: core.noop}}
            """).Fail("x", result: "{\"v\": 1}").Succeed("y");

        Assert.Equal(RunStatus.Completed, run.Status);
        Assert.Equal("""{"x":{"v":1},"y":null}""", run.Run.Visit("p", 1)!.Result!.ToString());
    }

    [Fact]
    public void Unhandled_it_fails_the_run_by_its_own_name()
    {
        var run = Scenario.Of("tasks: {p: {type: parallel, tasks: {x: {action: core.noop}}}}").Fail("x");

        Assert.Equal("Workflow failed: 1 task(s) failed: p", run.Error);
        Assert.Equal(["p/1 failed", "x/1 failed"], run.Visits);
    }

    [Fact]
    public void Its_when_its_delay_and_its_join_are_for_all_inside()
    {
        var skipped = Scenario.Of("tasks: {p: {type: parallel, when: false, tasks: {x: {action: core.noop}}, next: [{when: skipped(), do: q}]}, q: {action: core.noop}}");
        Assert.Equal(["q"], skipped.Out);
        Assert.Equal("null", skipped.Run.Visit("p", 1)!.Result!.ToString());

        var delayed = Scenario.Of("tasks: {p: {type: parallel, delay: 5, tasks: {x: {action: core.noop}}}}");
        Assert.Empty(delayed.Out);
        Assert.Equal(["x"], delayed.After(5).Out);

        var joined = Scenario.Of("""
            tasks:
              a: {action: core.noop, next: [{do: p}]}
              b: {action: core.noop, next: [{do: p}]}
              p: {type: parallel, join: all, tasks: {x: {action: core.noop}}}
            """);
        Assert.Equal(["b"], joined.Succeed("a").Out);
        Assert.Equal(["x"], joined.Succeed("b").Out);
    }

    [Fact]
    public void What_is_inside_sees_what_the_parallel_task_has_seen()
    {
        var run = Scenario.Of("""
            tasks:
              a: {action: core.noop, next: [{do: p}]}
              p: {type: parallel, tasks: {x: {action: core.noop, input: {was: "{{ result() }}", in: "{{ system.task }}"}}}}
            """).Succeed("a", "7");

        Assert.Equal("""{"was":7,"in":"x"}""", run.Input("x").ToString());
    }

    [Fact]
    public void Each_lap_of_a_loop_goes_through_all_inside_again()
    {
        var run = Scenario.Of("""
            vars: {n: 0}
            tasks:
              s: {action: core.noop, next: [{do: p}]}
              p:
                type: parallel
                tasks: {x: {action: core.noop}, y: {action: core.noop}}
                next: [{publish: {n: "{{ n + 1 }}"}}, {when: n < 3, do: p}]
            """).Succeed("s");
        foreach (var lap in new[] { "", "/2", "/3" })
        {
            run.Succeed("y" + lap).Succeed("x" + lap);
        }

        Assert.Equal(RunStatus.Completed, run.Status);
        Assert.Equal(["s", "x", "y", "x/2", "y/2", "x/3", "y/3"], run.Sent);
    }

    [Fact]
    public void One_stands_inside_another()
    {
        var run = Scenario.Of("""
            tasks:
              p:
                type: parallel
                tasks:
                  q: {type: parallel, tasks: {x: {action: core.noop}, y: {action: core.noop}}}
                  z: {action: core.noop}
            """);

        Assert.Equal(["x", "y", "z"], run.Out);
        run.Succeed("z", "3").Succeed("x", "1").Succeed("y", "2");
        Assert.Equal("""{"q":{"x":1,"y":2},"z":3}""", run.Run.Visit("p", 1)!.Result!.ToString());
        Assert.Equal(RunStatus.Completed, run.Status);
    }

    [Fact]
    public void The_command_retry_repeats_what_failed_inside()
    {
        var run = Scenario.Of("""
            tasks:
              p:
                type: parallel
                tasks: {x: {action: core.noop}, y: {action: core.noop}}
                on_failure: retry
            """).Succeed("x", "1").Fail("y");

        Assert.Equal(["y/2"], run.Out);
        Assert.Equal(RunStatus.Completed, run.Succeed("y/2", "2").Status);
        Assert.Equal("""{"x":1,"y":2}""", run.Run.Visit("p", 1)!.Result!.ToString());
    }

    [Fact]
    public void Repeated_and_ended_again_in_the_same_decision_it_leads_on_as_if_that_had_come_later()
    {
        var run = Scenario.Of("""
            tasks:
              - name: p
                type: parallel
                tasks: [{name: x, action: core.noop, when: "{{ system.visit == 1 }}"}]
                next: [{when: failed(), do: retry}, {do: after}]
              - {name: after, action: core.noop}
            """).Fail("x");

        Assert.Equal(["after", "after/2"], run.Out);
    }

    [Fact]
    public void Cancelled_it_ends_with_the_last_inside()
    {
        var run = Scenario.Of(Build).Cancel().Succeed("x").Succeed("y[0]");

        Assert.Equal(RunStatus.Canceling, run.Status);
        Assert.Equal(RunStatus.Cancelled, run.Succeed("y[1]").Status);
        Assert.Equal("build/1 cancelled", run.Visits[0]);
    }

    [Fact]
    public void The_limit_of_visits_counts_those_inside_and_leaves_nothing_open()
    {
        var run = Scenario.Of(Build, limits: new RunLimits { MaxVisits = 2 });

        Assert.Equal(["x"], run.Out);
        Assert.Equal(RunStatus.Failed, run.Succeed("x").Status);
        Assert.Contains("run.too-many-visits", run.Problems);
    }

    [Fact]
    public void A_rehearsal_names_what_is_inside_like_any_task()
    {
        var report = Rehearsed.Of(Build, "script: {tasks: {x: [{status: failed}]}}\norder: lifo");

        Assert.Equal(RunStatus.Completed, report.Status);
        Assert.Contains("repair/1 Completed", Rehearsed.Visits(report));
    }
}
