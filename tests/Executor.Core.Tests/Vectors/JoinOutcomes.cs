using Executor.Core.Runs;
using Executor.Core.Tests.Runs;

namespace Executor.Core.Tests.Vectors;

public sealed class JoinOutcomes
{
    private const string Diamond = """
        a -S-> b, c
        b -S-> d
        c -S-> d
        """;

    [Fact]
    [Trait("vector", "W7")]
    public void A_join_opens_once_after_all_and_both_publishes_apply()
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
    [Trait("vector", "W8")]
    public void A_join_that_cannot_be_met_fails_the_run_beside_the_failed_task_whatever_the_order()
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
    [Trait("vector", "W8b")]
    public void A_join_is_unreachable_when_a_task_goes_elsewhere()
    {
        // What b leads to ends after it.
        foreach (var order in Permutations.Of("b", "c", "e").Where(order => Array.IndexOf(order, "b") < Array.IndexOf(order, "e")))
        {
            var run = Scenario.OfFlow("""
                c -S-> d
                b -[false]-> d
                b -*-> e
                d: join: 2
                """);
            foreach (var task in order)
            {
                Assert.Equal(RunStatus.Running, run.Status);
                run.Succeed(task);
            }

            Assert.Equal(["join.unreachable"], run.Problems);
            Assert.Contains("arrived: c; missing: b", run.Error);
        }
    }

    [Fact]
    [Trait("vector", "W8b")]
    public void A_join_that_nothing_reaches_is_simply_not_reached()
    {
        var run = Scenario.OfFlow("""
            c -F-> d
            b -F-> d
            d: join: 2
            """);
        run.Succeed("b").Succeed("c");
        Assert.Equal(RunStatus.Completed, run.Status);
    }
}
