using Executor.Core.Messages;
using Executor.Core.Runs;
using Executor.Core.Values;
using Executor.Worker.Actions;

namespace Executor.Integration.Tests.Workers;

public sealed class DrainTests
{
    [Fact]
    public async Task No_more_run_at_a_time_than_allowed_and_none_waits_while_there_is_room()
    {
        await using var bench = new Bench(options: options => options.Parallelism = 3);
        for (var item = 0; item < 10; item++)
        {
            bench.Link.Send(Bench.Request(item: item));
        }

        await Wait.UntilAsync(() => bench.Probe.Running == 3, "three run");
        Assert.Equal(3, bench.Link.Claims.Count);
        bench.Probe.End(ActionResult.Success(Value.Null));

        await Wait.UntilAsync(() => bench.Link.Reports.Count == 10, "all have run");
        Assert.Equal(3, bench.Probe.MostAtATime);
    }

    [Fact]
    [Trait("lesson", "9.9")]
    public async Task A_stopping_worker_takes_nothing_more_and_lets_run_what_runs()
    {
        await using var bench = new Bench();
        bench.Link.Send(Bench.Request());
        await bench.Probe.StartsAsync();

        await bench.StopAsync();
        bench.Link.Send(Bench.Request(item: 1));
        bench.Probe.End(ActionResult.Success(Value.Null));
        await Wait.ForAsync(bench.Working);

        Assert.Single(bench.Probe.Started);
        Assert.Equal(SlotStatus.Completed, Assert.Single(bench.Link.Reports).Outcome.Status);
    }

    [Fact]
    public async Task After_the_drain_limit_actions_are_killed_and_left_to_the_lease()
    {
        await using var bench = new Bench();
        bench.Link.Send(Bench.Request());
        await bench.Probe.StartsAsync();

        await bench.StopAsync();
        await bench.PassUntilAsync(() => bench.Working.IsCompleted, "the worker is gone");

        Assert.Equal(0, bench.Probe.Running);
        Assert.Empty(bench.Link.Reports);
    }

    [Fact]
    [Trait("lesson", "10.2")]
    public async Task What_is_not_granted_when_the_worker_stops_is_not_settled_so_that_others_get_it()
    {
        await using var bench = new Bench();
        bench.Link.OnClaim = _ => Task.FromException<ClaimAnswer>(new TimeoutException());
        bench.Link.Send(Bench.Request());
        await Wait.UntilAsync(() => !bench.Link.Claims.IsEmpty, "it is claimed");

        await bench.StopAsync();
        await Wait.ForAsync(bench.Working);

        Assert.Equal(["claim"], bench.Link.Steps.Distinct());
        Assert.Empty(bench.Probe.Started);
    }

    [Fact]
    public async Task A_claim_on_its_way_when_the_worker_stops_is_run_if_it_is_granted()
    {
        await using var bench = new Bench();
        var answer = new TaskCompletionSource<ClaimAnswer>();
        bench.Link.OnClaim = _ => answer.Task;
        bench.Link.Send(Bench.Request());
        await Wait.UntilAsync(() => !bench.Link.Claims.IsEmpty, "it is claimed");

        await bench.StopAsync();
        answer.SetResult(FakeLink.Granted(bench.Link.Claims.First(), TimeSpan.FromSeconds(60)));
        bench.Probe.End(ActionResult.Success(Value.Of(1)));
        await Wait.ForAsync(bench.Working);

        Assert.Equal(SlotStatus.Completed, Assert.Single(bench.Link.Reports).Outcome.Status);
    }

    [Fact]
    public async Task A_worker_without_work_stops_at_once()
    {
        await using var bench = new Bench();

        await bench.StopAsync();

        await Wait.ForAsync(bench.Working);
    }
}
