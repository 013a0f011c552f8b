using Executor.Core.Runs;

namespace Executor.Core.Tests.Runs;

public sealed class JoinTests
{
    private const string Diamond = """
        a -S-> b, c
        b -S-> d
        c -S-> d
        """;

    [Fact]
    public void W7_A_join_opens_once_after_all_and_both_publishes_apply()
    {
        const string Yaml = """
            tasks:
              - {name: a, action: core.noop, next: [{do: [b, c]}]}
              - {name: b, action: core.noop, next: [{publish: {fromb: 1}, do: d}]}
              - {name: c, action: core.noop, next: [{publish: {fromc: 2}, do: d}]}
              - {name: d, action: core.noop, JOIN}
            """;
        foreach (var (join, opensAfter) in new[] { ("join: 2", 2), ("join: all", 2), ("delay: 0", 1) })
        {
            foreach (var order in Permutations.Of("b", "c"))
            {
                var run = Scenario.Of(Yaml.Replace("JOIN", join)).Succeed("a");
                for (var ended = 0; ended < 2; ended++)
                {
                    Assert.Equal(ended >= opensAfter, run.Sent.Contains("d"));
                    run.Succeed(order[ended]);
                }

                run.Succeed("d");
                Assert.Equal(RunStatus.Completed, run.Status);
                Assert.Single(run.Sent, sent => sent.StartsWith('d'));
                Assert.Equal(("1", "2"), (run.Variable("fromb"), run.Variable("fromc")));
            }
        }
    }

    [Fact]
    public void Arrivals_beyond_the_number_are_absorbed_by_the_round()
    {
        foreach (var order in Permutations.Of("b", "c", "e"))
        {
            var run = Scenario.OfFlow("""
                b -S-> d
                c -S-> d
                e -S-> d
                d: join: 2
                """);
            foreach (var task in order)
            {
                run.Succeed(task);
            }

            run.Succeed("d");
            Assert.Equal(RunStatus.Completed, run.Status);
            Assert.Equal(1, run.Visits.Count(visit => visit.StartsWith('d')));
        }
    }

    [Fact]
    public void W8_A_join_that_cannot_be_met_fails_the_run_beside_the_failed_task_whatever_the_order()
    {
        var ends = Permutations.Of("b", "c").Select(order =>
        {
            var run = Scenario.OfFlow(Diamond + "\nd: join: 2").Succeed("a");
            foreach (var task in order)
            {
                _ = task == "b" ? run.Fail(task) : run.Succeed(task);
            }

            Assert.Equal(RunStatus.Failed, run.Status);
            Assert.DoesNotContain("d", run.Sent);
            return run.Error;
        });
        Assert.Equal(
            "Workflow failed: 1 task(s) failed: b; Join 'd' waits for 2 tasks; arrived: c; missing: b",
            Assert.Single(ends.Distinct()));
    }

    [Fact]
    public void W8b_A_join_is_unreachable_when_a_task_goes_elsewhere()
    {
        foreach (var order in Permutations.Of("b", "c"))
        {
            var run = Scenario.OfFlow("""
                c -S-> d
                b -[false]-> d
                b -*-> e
                d: join: 2
                """);
            foreach (var task in order)
            {
                run.Succeed(task);
            }

            Assert.Equal(["d"], RunView.Of(run.Run).WaitingJoins);
            run.Succeed("e");
            Assert.Equal(["join.unreachable"], run.Problems);
            Assert.Contains("arrived: c; missing: b", run.Error);
        }
    }

    [Fact]
    public void W8b_A_join_that_nothing_reaches_is_simply_not_reached()
    {
        var run = Scenario.OfFlow("""
            c -F-> d
            b -F-> d
            d: join: 2
            """);
        run.Succeed("b").Succeed("c");
        Assert.Equal(RunStatus.Completed, run.Status);
    }

    [Fact]
    [Trait("lesson", "3.1")]
    public void Status_error_and_visits_are_the_same_for_all_orders_of_arrival()
    {
        foreach (var join in new[] { "all", "2", "1" })
        {
            foreach (var outcome in Outcomes(3))
            {
                var ends = Permutations.Of(0, 1, 2).Select(order => EndOf(join, outcome, order)).Distinct();
                Assert.Single(ends);
            }
        }
    }

    [Fact]
    public void A_join_sees_the_last_arrival_and_the_results_of_all()
    {
        var run = Scenario.OfFlow(Diamond + """

            d: join: all
            d: input: {b: "{{ task.b.x }}", c: "{{ task.c.x }}"}
            """);
        run.Succeed("a").Succeed("c", """{"x": 2}""").Succeed("b", """{"x": 1}""");
        Assert.Equal("""{"b":1,"c":2}""", run.Input("d").ToString());
        Assert.Equal("b", run.Events.OfType<RunEvent.VisitOpened>().Last().OpenedBy);
    }

    [Fact]
    [Trait("lesson", "3.3")]
    public void Fan_in_without_a_join_runs_once_and_sees_whoever_came_first()
    {
        var run = Scenario.OfFlow(Diamond + "\nd: input: {x: \"{{ result() }}\"}");
        run.Succeed("a").Succeed("c", "7").Succeed("b", "8");
        Assert.Equal(["d"], run.Out);
        Assert.Equal("""{"x":7}""", run.Input("d").ToString());
    }

    private static IEnumerable<string[]> Outcomes(int count)
    {
        string[] ways = ["join", "fail", "elsewhere"];
        return count == 0
            ? [[]]
            : Outcomes(count - 1).SelectMany(rest => ways.Select(way => (string[])[way, .. rest]));
    }

    private static string EndOf(string join, string[] outcome, int[] order)
    {
        var run = Scenario.OfFlow($"""
            p0 -[result() == "join"]-> j
            p0 -[result() == "elsewhere"]-> noop
            p1 -[result() == "join"]-> j
            p1 -[result() == "elsewhere"]-> noop
            p2 -[result() == "join"]-> j
            p2 -[result() == "elsewhere"]-> noop
            j: join: {join}
            """);
        foreach (var place in order)
        {
            _ = outcome[place] == "fail" ? run.Fail($"p{place}") : run.Succeed($"p{place}", $"\"{outcome[place]}\"");
        }

        _ = run.Out is ["j"] ? run.Succeed("j") : run;
        return $"{run.Status} {run.Error} {string.Join(',', run.Visits.Order())}";
    }
}
