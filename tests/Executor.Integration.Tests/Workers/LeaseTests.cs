using Executor.Core.Messages;
using Executor.Core.Runs;

namespace Executor.Integration.Tests.Workers;

public sealed class LeaseTests
{
    [Fact]
    public async Task A_running_action_is_renewed_each_third_of_its_lease()
    {
        await using var bench = new Bench();
        bench.Link.Send(Bench.Request());
        await bench.Probe.StartsAsync();

        for (var third = 1; third <= 5; third++)
        {
            bench.Time.Advance(TimeSpan.FromSeconds(19));
            Assert.Equal(third - 1, bench.Link.Renewals.Count);
            bench.Time.Advance(TimeSpan.FromSeconds(1.5));
            await Wait.UntilAsync(() => bench.Link.Renewals.Count == third, $"renewal {third} is sent");
        }

        Assert.Equal(1, bench.Probe.Running);
    }

    [Fact]
    [Trait("vector", "7 abandoned")]
    [Trait("lesson", "10.5")]
    public async Task Without_an_answer_for_two_thirds_of_the_lease_the_action_is_killed_and_told_as_abandoned()
    {
        await using var bench = new Bench();
        bench.Link.OnRenew = _ => Task.FromException<RenewalAnswer>(new TimeoutException());
        bench.Link.Send(Bench.Request());
        await bench.Probe.StartsAsync();

        bench.Time.Advance(TimeSpan.FromSeconds(39));
        await Wait.UntilAsync(() => !bench.Link.Renewals.IsEmpty, "a renewal is tried");
        Assert.Equal(1, bench.Probe.Running);
        bench.Time.Advance(TimeSpan.FromSeconds(1.5));

        var result = await bench.Link.ReportAsync();
        Assert.Equal(0, bench.Probe.Running);
        Assert.Equal((SlotStatus.Abandoned, "task.abandoned"), (result.Outcome.Status, result.Outcome.Code));
        Assert.Equal(ItemOutcome.Abandoned("worker", "w1", result.EndedAt), result.Outcome);
    }

    [Fact]
    public async Task The_lease_counts_from_when_the_claim_was_sent_not_from_its_answer()
    {
        await using var bench = new Bench();
        var answer = new TaskCompletionSource<ClaimAnswer>();
        bench.Link.OnClaim = _ => answer.Task;
        bench.Link.OnRenew = _ => Task.FromException<RenewalAnswer>(new TimeoutException());
        bench.Link.Send(Bench.Request());
        await Wait.UntilAsync(() => !bench.Link.Claims.IsEmpty, "it is claimed");
        bench.Time.Advance(TimeSpan.FromSeconds(20));
        answer.SetResult(FakeLink.Granted(bench.Link.Claims.First(), TimeSpan.FromSeconds(60)));
        await bench.Probe.StartsAsync();

        bench.Time.Advance(TimeSpan.FromSeconds(21));

        Assert.Equal(SlotStatus.Abandoned, (await bench.Link.ReportAsync()).Outcome.Status);
    }

    [Fact]
    public async Task An_answer_in_time_after_some_silence_keeps_the_action_running()
    {
        await using var bench = new Bench();
        bench.Link.OnRenew = _ => Task.FromException<RenewalAnswer>(new TimeoutException());
        bench.Link.Send(Bench.Request());
        await bench.Probe.StartsAsync();
        bench.Time.Advance(TimeSpan.FromSeconds(21));
        await Wait.UntilAsync(() => bench.Link.Renewals.Count == 1, "a renewal is tried");

        bench.Link.OnRenew = null;
        bench.Time.Advance(TimeSpan.FromSeconds(6));
        await Wait.UntilAsync(() => bench.Link.Renewals.Count == 2, "the next renewal is answered");
        bench.Time.Advance(TimeSpan.FromSeconds(19));

        Assert.Equal(1, bench.Probe.Running);
        Assert.Empty(bench.Link.Reports);
    }

    [Theory]
    [InlineData(60, 10)]
    [InlineData(12, 2)]
    public async Task The_grace_of_a_kill_ends_before_the_lease_does(int lease, int grace)
    {
        await using var bench = new Bench(new FakeLink { Lease = TimeSpan.FromSeconds(lease) });
        bench.Link.Send(Bench.Request());
        await bench.Probe.StartsAsync();

        Assert.Equal(TimeSpan.FromSeconds(grace), bench.Probe.Started.First().Grace);
    }

    [Fact]
    [Trait("lesson", "10.5")]
    public async Task An_attempt_that_has_ended_for_the_executor_is_killed_and_nothing_is_said()
    {
        await using var bench = new Bench();
        bench.Link.OnRenew = FakeLink.EndedAsync;
        bench.Link.Send(Bench.Request());
        await bench.Probe.StartsAsync();

        bench.Time.Advance(TimeSpan.FromSeconds(21));

        await Wait.UntilAsync(() => bench.Worker.InHand == 0, "it is gone");
        Assert.Equal(0, bench.Probe.Running);
        Assert.Empty(bench.Link.Reports);
    }

    [Fact]
    [Trait("lesson", "10.1")]
    public async Task A_worker_that_was_frozen_longer_than_its_lease_stops_its_action_when_it_wakes()
    {
        await using var bench = new Bench();
        bench.Link.OnRenew = FakeLink.EndedAsync;
        bench.Link.Send(Bench.Request());
        await bench.Probe.StartsAsync();

        bench.Time.AutoAdvanceAmount = TimeSpan.Zero;
        bench.Time.SetUtcNow(bench.Time.GetUtcNow().AddMinutes(10));

        await Wait.UntilAsync(() => bench.Probe.Running == 0, "it is killed");
        await Wait.UntilAsync(() => bench.Worker.InHand == 0, "it is gone");
    }
}
