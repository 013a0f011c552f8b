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

    [Fact]
    public void A_round_that_waits_is_shown_with_what_has_arrived_and_what_is_missing()
    {
        var run = Scenario.OfFlow("a -*-> j\nb -S-> j\nc -*-> j\nj: join: all");
        Assert.Empty(WaitingJoin.Of(run.Run));

        var join = Assert.Single(WaitingJoin.Of(run.Succeed("c").Succeed("a").Run));

        Assert.Equal(("j", 1, 3), (join.Task, join.Visit, join.Needed));
        Assert.Equal(("a, c", "b"), (string.Join(", ", join.Arrived), string.Join(", ", join.Missing)));
        Assert.Empty(WaitingJoin.Of(run.Succeed("b").Run));
    }
}
