namespace Executor.Rehearsal.Tests;

/// <summary>The samples, tested as people test their own workflows.</summary>
public sealed class SampleTests
{
    private static readonly RehearsedWorkflow Deploy = Sample("deploy");
    private static readonly RehearsedWorkflow Items = Sample("process-items");
    private static readonly RehearsedWorkflow Hosts = Sample("hosts-health");
    private static readonly RehearsedWorkflow Poll = Sample("loop-poll");
    private static readonly RehearsedWorkflow Etl = Sample("etl");

    [Fact]
    public void A_deployment_that_goes_well_is_announced_and_nothing_is_taken_back() =>
        Deploy.Script().Input("version", "1.4.2").Run()
            .ShouldEnd("completed")
            .ShouldGive("state", "deployed")
            .ShouldNotRun("roll_back")
            .ShouldDispatch("announce", times: 1);

    [Fact]
    public void A_release_waits_for_its_approval_and_says_who_gave_it() =>
        Sample("approval").Script().Input("version", "1.4.2").On("approve").Answers(new { approve = true }).Run()
            .ShouldEnd("completed")
            .ShouldNotRun("refused")
            .ShouldDispatch("release", times: 1);

    [Fact]
    public void A_release_that_is_refused_or_forgotten_fails_with_the_reason()
    {
        var script = Sample("approval").Script().Input("version", "1.4.2").On("refused").Fails("not released");

        script.On("approve").Answers(new { approve = false, reason = "too late" }).Run()
            .ShouldEnd("failed").ShouldNotRun("release");
        script.On("approve").TimesOut().Run().ShouldEnd("failed").ShouldNotRun("release");
    }

    [Fact]
    public void A_region_that_refuses_takes_all_regions_back() =>
        Deploy.Script().Input("version", "1.4.2").On("roll_out", item: 2).Fails("ap-south refuses").Run()
            .ShouldEnd("completed")
            .ShouldGive("state", "rolled back")
            .ShouldDispatch("roll_back", times: 4);

    [Fact]
    public void A_wrong_version_ends_the_deployment_before_it_begins() =>
        Deploy.Script().Input("version", "latest").On("validate").Fails("latest is not a version").Run()
            .ShouldEnd("failed")
            .ShouldFind("task.failed")
            .ShouldNotRun("upload", "migrate", "prepared", "roll_out", "roll_back", "announce");

    [Fact]
    public void Whatever_region_fails_in_whatever_order_a_deployment_is_announced_once_in_one_of_two_states()
    {
        var script = Deploy.Script().Input("version", "1.4.2").ExpectStatus("completed").ExpectDispatches("announce", 1);

        script.Explore(trials: 300, seed: 1, failures: 0.3, "roll_out").ShouldAllBeAsExpected();
    }

    [Fact]
    public void Five_items_are_followed_by_one_validation_in_every_order() =>
        Items.Script().On("process_items").Succeeds(new { name = "x", length = 5 })
            .ExpectStatus("completed").ExpectDispatches("process_items", 5).ExpectDispatches("validate", 1)
            .Explore(trials: 300, seed: 1, failures: 0).ShouldAllBeAsExpected();

    [Fact]
    public void A_host_that_does_not_answer_is_asked_three_times_and_reported()
    {
        var run = Hosts.Script().On("probe", item: 2).Fails("no answer").Run();

        run.ShouldEnd("completed").ShouldGive("up", 4).ShouldDispatch("probe", times: 7);
        Assert.Equal([1, 2, 3], run.Dispatches.Where(sent => sent is { Task: "probe", Item: 2 }).Select(sent => sent.Attempt));
        Assert.All(run.Dispatches.Where(sent => sent is { Item: 2, Attempt: > 1 }), sent => Assert.True(sent.Delay > TimeSpan.Zero));
    }

    [Fact]
    public void Polling_goes_on_until_it_is_ready_and_gives_up_after_its_tries()
    {
        var never = Poll.Script().On("poll").Succeeds(new { ready = false });

        never.On("poll", visit: 3).Succeeds(new { ready = true }).Run()
            .ShouldEnd("completed").ShouldGive("tried", 3).ShouldDispatch("poll", times: 3);
        never.Input("tries", 2).Run()
            .ShouldEnd("failed").ShouldGive("tried", 2).ShouldFind("run.failed-by-command").ShouldNotRun("ready");
    }

    [Fact]
    public void Extraction_waits_for_both_sources_whichever_comes_first()
    {
        var script = Etl.Script()
            .On("extract_orders").Succeeds(new { data = new[] { new { id = 1, amount = 2 } } })
            .On("extract_names").Succeeds(new { data = new[] { new { id = 1, name = "Ada" } } });

        foreach (var order in new[] { script, script.LatestFirst(), script.Shuffled(7) })
        {
            order.Run().ShouldEnd("completed").ShouldGive("total", 3.0).ShouldGive("rows", 1).ShouldDispatch("transform", times: 1);
        }
    }

    [Fact]
    public void A_region_that_breaks_is_told_of_and_the_others_are_rolled_out_all_the_same()
    {
        var script = Sample("rollout-all").Script().Input("version", "1.4.2");

        script.Run().ShouldEnd("completed").ShouldDispatch("announce", 1).ShouldDispatch("roll_out/switch_over", 3);
        script.On("roll_out/switch_over").Fails("broken").Run()
            .ShouldEnd("completed").ShouldNotRun("announce").ShouldDispatch("roll_out/upload", 3);
        script.On("roll_out", item: 1).Fails("broken").Run()
            .ShouldEnd("completed").ShouldNotRun("announce").ShouldDispatch("roll_out/upload", 2);
    }

    private static RehearsedWorkflow Sample(string name) =>
        RehearsedWorkflow.Load(Path.Combine(AppContext.BaseDirectory, "samples", name + ".yaml"));
}
