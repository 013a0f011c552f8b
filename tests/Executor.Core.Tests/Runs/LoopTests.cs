using Executor.Core.Runs;

namespace Executor.Core.Tests.Runs;

public sealed class LoopTests
{
    [Fact]
    [Trait("lesson", "3.3")]
    public void Fan_in_inside_a_loop_runs_once_a_lap_for_all_orders()
    {
        foreach (var join in new[] { "", "\nd: join: all" })
        {
            var laps = from one in Permutations.Of("b", "c")
                       from two in Permutations.Of("b", "c")
                       from three in Permutations.Of("b", "c")
                       select new[] { one, two, three };
            foreach (var orders in laps)
            {
                var run = Scenario.OfFlow("""
                    s -S-> a
                    a -S-> b, c
                    b -S-> d
                    c -S-> d
                    d -[result() < 3]-> a
                    """ + join).Succeed("s");
                for (var lap = 1; lap <= 3; lap++)
                {
                    var order = orders[lap - 1];
                    run.Succeed(Name("a", lap)).Succeed(Name(order[0], lap)).Succeed(Name(order[1], lap));
                    run.Succeed(Name("d", lap), $"{lap}");
                }

                Assert.Equal(RunStatus.Completed, run.Status);
                Assert.Equal(13, run.Visits.Length);
            }
        }
    }

    [Fact]
    public void A_lap_that_begins_before_the_former_one_has_ended_opens_rounds_of_its_own()
    {
        foreach (var first in new[] { "slow", "slow/2" })
        {
            var run = Scenario.OfFlow("""
                s -S-> a
                a -S-> quick, slow
                quick -[result() < 2]-> a
                quick -S-> j
                slow -S-> j
                j: join: all
                """).Succeed("s").Succeed("a").Succeed("quick", "1").Succeed("a/2").Succeed("quick/2", "2");
            Assert.Equal(["slow", "slow/2"], run.Out);
            run.Succeed(first);
            Assert.Equal(["j"], run.Out.Where(slot => slot.StartsWith('j')));
            run.Succeed(first == "slow" ? "slow/2" : "slow").Succeed("j").Succeed("j/2");
            Assert.Equal(RunStatus.Completed, run.Status);
            Assert.Equal(9, run.Visits.Length);
        }
    }

    [Fact]
    public void The_last_allowed_visit_runs_and_the_next_fails_the_run()
    {
        var limits = RunLimits.Default with { MaxVisits = 5 };
        var run = Scenario.OfFlow("""
            s -*-> a
            a -*-> a
            """, limits: limits);
        run.Succeed("s");
        for (var lap = 1; lap <= 4; lap++)
        {
            Assert.False(run.Run.HasEnded);
            run.Succeed(Name("a", lap));
        }

        Assert.Equal(5, run.Visits.Length);
        Assert.Equal(RunStatus.Failed, run.Status);
        Assert.Equal(["run.too-many-visits"], run.Problems);
    }

    [Fact]
    public void A_loop_without_dispatches_is_bounded_within_one_decision()
    {
        var run = Scenario.Unchecked(Scenario.Read(Flow.Of("""
            s -*-> a
            a: when: false
            a -*-> a
            """)), limits: RunLimits.Default with { MaxVisits = 500 });
        run.Succeed("s");
        Assert.Equal(RunStatus.Failed, run.Status);
        Assert.Equal(500, run.Run.OpenedCount);
    }

    [Fact]
    public void The_ten_thousandth_lap_costs_what_the_two_hundredth_did()
    {
        var workflow = Scenario.Read(Flow.Of("""
            s -*-> a
            a -S-> b, c
            b -S-> d
            c -S-> d
            d -*-> a
            """));
        var run = Costs.Start(workflow, RunLimits.Default with { MaxVisits = 40_001 });
        run = Costs.Complete(run, new Slot("s", 1, Slot.NoItem, 1)).After;
        var bytes = new long[10_001];
        for (var lap = 1; lap <= 10_000; lap++)
        {
            foreach (var task in new[] { "a", "b", "c", "d" })
            {
                (run, var used) = Costs.Complete(run, new Slot(task, lap, Slot.NoItem, 1));
                bytes[lap] += used;
            }
        }

        Assert.Equal("run.too-many-visits", Assert.Single(run.Problems).Code);
        Assert.Equal(40_001, run.OpenedCount);
        Assert.InRange(Costs.Median(bytes[9_900..10_000]), 0, Costs.Median(bytes[200..300]) * 2);
    }

    [Fact]
    public void A_late_arrival_gives_its_past_to_all_that_came_after()
    {
        foreach (var late in new[] { true, false })
        {
            var run = Scenario.OfFlow("""
                b -S-> d
                c -S-> d
                d -S-> e
                e -[result() == 1]-> c
                c: delay: 0
                s -*-> c
                """);
            run.Succeed("b").Succeed("s");
            run = late
                ? run.Succeed("d").Succeed("c").Succeed("e", "1")
                : run.Succeed("c").Succeed("d").Succeed("e", "1");
            Assert.Equal(["c/2"], run.Out);
            run.Succeed("c/2");
            Assert.Equal(["d/2"], run.Out);
            run.Succeed("d/2").Succeed("e/2", "0");
            Assert.Equal(RunStatus.Completed, run.Status);
        }
    }

    [Fact]
    public void Only_the_last_visit_of_a_task_keeps_what_it_held()
    {
        var run = Scenario.OfFlow("""
            s -*-> a
            a: with_items: [1, 2]
            a -[length(result()) == 2]-> a
            """).Succeed("s");
        for (var lap = 1; lap <= 3; lap++)
        {
            run.Succeed($"{Name("a", lap)}[0]", "1").Succeed($"{Name("a", lap)}[1]", "2");
        }

        var visits = Enumerable.Range(1, 4).Select(lap => run.Run.Visit("a", lap)!).ToList();
        Assert.Equal([null, null, "[1,2]", null], visits.Select(visit => visit.Result?.ToString()));
        Assert.Equal([true, true, false, false], visits.Select(visit => visit.Scope is null));
        Assert.Equal([true, true, false, false], visits.Select(visit => visit.Items[0] is null));
        Assert.Empty(run.Run.Stale);
    }

    private static string Name(string task, int visit) => visit == 1 ? task : $"{task}/{visit}";
}
