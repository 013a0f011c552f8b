using Executor.Core.Runs;
using Executor.Core.Runs.Reruns;

namespace Executor.Core.Tests.Runs.Reruns;

/// <summary>Only failed items: the others keep their results.</summary>
[Trait("lesson", "5.9")]
public sealed class RerunItemsTests
{
    private const string Items =
        """
        before -S-> t
        t: with_items: "{{ [parameters.x, 20, 30, 40] }}"
        t: concurrency: 2
        t: input: {n: "{{ item }}", i: "{{ index }}"}
        t -*-> end
        end: input: {all: "{{ result() }}", ok: "{{ succeeded() }}"}
        """;

    [Fact]
    public void Those_that_did_not_succeed_run_again_within_the_window_and_the_visit_ends_with_all()
    {
        var origin = Scenario.OfFlow(Items, inputs: """{"x":10}""");
        origin.Succeed("before").Succeed("t[0]", "1").Fail("t[1]").TimeOut("t[2]").Fail("t[3]").Succeed("end");

        var again = origin.AgainItems();

        Assert.Equal(["t[1]", "t[2]"], again.Sent);
        Assert.Equal("""{"n":20,"i":1}""", again.Input("t[1]").ToString());
        again.Succeed("t[2]", "3");
        Assert.Equal(["t[1]", "t[3]"], again.Out);
        again.Succeed("t[3]", "4").Succeed("t[1]", "2");
        Assert.Equal("""{"all":[1,2,3,4],"ok":true}""", again.Input("end").ToString());
        Assert.Equal(["t[1]", "t[2]", "t[3]", "end"], again.Sent);
        Assert.Equal(new ItemCounts(4, Succeeded: 4), again.Run.Visit("t", 1)!.Counts);
        Assert.Equal(RunStatus.Completed, again.Succeed("end").Status);
    }

    [Fact]
    public void They_have_all_their_attempts_again()
    {
        var origin = Scenario.OfFlow("t: with_items: [a, b]\nt: concurrency: 2\nt: retry: {count: 1, delay: 0}");
        origin.Succeed("t[0]").Fail("t[1]").Fail("t[1]#2");

        var again = origin.AgainItems().Fail("t[1]").Succeed("t[1]#2");

        Assert.Equal(["t[1]", "t[1]#2"], again.Sent);
        Assert.Equal(RunStatus.Completed, again.Status);
    }

    [Fact]
    public void Items_that_a_failure_kept_from_starting_are_among_them()
    {
        var origin = Scenario.OfFlow("t: with_items: [a, b, c]\nt: fail_fast: true").Fail("t[0]");

        var again = origin.AgainItems();
        Assert.Equal(["t[0]"], again.Out);
        again.Succeed("t[0]").Succeed("t[1]").Fail("t[2]");
        Assert.Equal(new ItemCounts(3, Succeeded: 2, Failed: 1), again.Run.Visit("t", 1)!.Counts);
        var failed = origin.AgainItems().Fail("t[0]");
        Assert.Equal(new ItemCounts(3, Failed: 1, Skipped: 2), failed.Run.Visit("t", 1)!.Counts);
        Assert.Equal(RunStatus.Failed, failed.Status);
    }

    [Fact]
    public void A_task_that_is_named_runs_again_with_all_its_items()
    {
        var origin = Scenario.OfFlow("t: with_items: [a, b]\nu: with_items: [a, b]");
        origin.Succeed("t[0]").Fail("u[0]").Fail("t[1]").Succeed("u[1]");

        var again = origin.Again(new RerunRequest(["t"], FailedItems: true));

        Assert.Equal(["t[0]", "u[0]"], again.Out.Order());
        again.Succeed("t[0]").Succeed("t[1]").Succeed("u[0]");
        Assert.Equal(RunStatus.Completed, again.Status);
    }

    [Fact]
    public void Where_there_are_none_the_rerun_is_refused() =>
        Assert.Equal("rerun.no-items", Scenario.OfFlow("a").Fail("a").AgainItems().Refusal?.Code);

    [Fact]
    public void Of_kept_items_no_state_is_lost_when_the_visit_is_kept_as_it_ended()
    {
        var origin = Scenario.OfFlow("t: with_items: [a, b, c]\nt: fail_fast: true\nt -*-> end\nend -*-> last");
        origin.Succeed("t[0]", "1").Fail("t[1]").Succeed("end").Fail("last");

        var again = origin.Again("last");

        Assert.Equal(origin.Run.Visit("t", 1)!.Counts, again.Run.Visit("t", 1)!.Counts);
        Assert.Equal(["last"], again.Sent);
        Assert.Equal(
            States.Of(origin.Run), States.Of(again.Run));
    }

    private static class States
    {
        public static string Of(RunState run) =>
            string.Join("; ", run.Results[run.Graph!.Find("t")!.Order]!.ItemStates!.ToList().Select(state => state.ToString()));
    }
}
