using Executor.Core.Messages;
using Executor.Core.Runs;
using Executor.Core.Values;
using Executor.Worker.Actions;

namespace Executor.Integration.Tests.Workers;

public sealed class ClaimTests
{
    [Fact]
    [Trait("lesson", "10.1")]
    public async Task A_request_is_claimed_then_acknowledged_then_run_then_reported_with_the_token()
    {
        await using var bench = new Bench();
        var request = Bench.Request();
        bench.Link.Send(request);
        await bench.Probe.StartsAsync();
        Assert.Equal(["claim", "ack"], bench.Link.Steps);

        bench.Probe.End(ActionResult.Success(Value.Of("done")));

        var result = await bench.Link.ReportAsync();
        var claim = Assert.Single(bench.Link.Claims);
        Assert.Equal(new Claim(request.Id, request.Run, request.Slot, "w1", claim.ClaimId), claim);
        Assert.Equal(new ItemOutcome(SlotStatus.Completed, Value.Of("done")), result.Outcome);
        Assert.Equal(("w1", claim.ClaimId, "token-" + claim.ClaimId), (result.Worker, result.ClaimId, result.Token));
        Assert.Equal(["claim", "ack", "report"], bench.Link.Steps);
    }

    [Fact]
    [Trait("lesson", "10.1")]
    public async Task A_refused_request_is_acknowledged_and_never_started()
    {
        await using var bench = new Bench();
        bench.Link.OnClaim = FakeLink.RefusedAsync;

        bench.Link.Send(Bench.Request());

        await Wait.UntilAsync(() => bench.Worker.InHand == 0 && bench.Link.Acks == 1, "it is dropped");
        Assert.Equal(["claim", "ack"], bench.Link.Steps);
        Assert.Empty(bench.Probe.Started);
    }

    [Fact]
    [Trait("lesson", "10.1")]
    public async Task A_copy_of_a_request_that_is_in_hand_is_acknowledged_and_dropped()
    {
        await using var bench = new Bench();
        bench.Link.Send(Bench.Request());
        await bench.Probe.StartsAsync();

        bench.Link.Send(Bench.Request());

        await Wait.UntilAsync(() => bench.Link.Acks == 2, "the copy is acknowledged");
        Assert.Single(bench.Link.Claims);
        Assert.Single(bench.Probe.Started);
    }

    [Fact]
    [Trait("lesson", "9.6")]
    public async Task While_the_desk_is_silent_the_request_stays_in_hand_and_its_claim_is_repeated_ever_more_rarely()
    {
        await using var bench = new Bench();
        var times = new List<DateTimeOffset>();
        var answers = 0;
        bench.Link.OnClaim = claim =>
        {
            times.Add(bench.Time.GetUtcNow());
            return ++answers < 8
                ? Task.FromException<ClaimAnswer>(new TimeoutException())
                : Task.FromResult(FakeLink.Granted(claim, TimeSpan.FromSeconds(60)));
        };

        bench.Link.Send(Bench.Request());
        await bench.PassUntilAsync(() => !bench.Probe.Started.IsEmpty, "it is granted at last");

        Assert.Equal(["claim", "ack"], bench.Link.Steps.Distinct());
        Assert.Single(bench.Link.Claims.Select(claim => claim.ClaimId).Distinct());
        Assert.True(times[7] - times[6] > (times[1] - times[0]) * 4, string.Join(" ", times));
        Assert.True(times[7] - times[0] < TimeSpan.FromMinutes(2), string.Join(" ", times));
    }

    [Fact]
    public async Task A_grant_that_comes_after_half_the_lease_is_renewed_before_the_start()
    {
        await using var bench = new Bench();
        var answer = new TaskCompletionSource<ClaimAnswer>();
        bench.Link.OnClaim = _ => answer.Task;
        bench.Link.Send(Bench.Request());
        await Wait.UntilAsync(() => !bench.Link.Claims.IsEmpty, "it is claimed");

        bench.Time.Advance(TimeSpan.FromSeconds(31));
        answer.SetResult(FakeLink.Granted(bench.Link.Claims.First(), TimeSpan.FromSeconds(60)));

        await bench.Probe.StartsAsync();
        Assert.Equal(["claim", "ack", "renew"], bench.Link.Steps);
    }

    [Fact]
    public async Task A_late_grant_whose_attempt_has_ended_meanwhile_is_never_started()
    {
        await using var bench = new Bench();
        var answer = new TaskCompletionSource<ClaimAnswer>();
        bench.Link.OnClaim = _ => answer.Task;
        bench.Link.OnRenew = FakeLink.EndedAsync;
        bench.Link.Send(Bench.Request());
        await Wait.UntilAsync(() => !bench.Link.Claims.IsEmpty, "it is claimed");

        bench.Time.Advance(TimeSpan.FromSeconds(31));
        answer.SetResult(FakeLink.Granted(bench.Link.Claims.First(), TimeSpan.FromSeconds(60)));

        await Wait.UntilAsync(() => bench.Worker.InHand == 0, "it is dropped");
        Assert.Empty(bench.Probe.Started);
        Assert.Empty(bench.Link.Reports);
    }

    [Fact]
    public async Task A_grant_without_lease_enough_to_start_is_given_up()
    {
        await using var bench = new Bench();
        var answer = new TaskCompletionSource<ClaimAnswer>();
        bench.Link.OnClaim = _ => answer.Task;
        bench.Link.Send(Bench.Request());
        await Wait.UntilAsync(() => !bench.Link.Claims.IsEmpty, "it is claimed");

        bench.Time.Advance(TimeSpan.FromSeconds(41));
        answer.SetResult(FakeLink.Granted(bench.Link.Claims.First(), TimeSpan.FromSeconds(60)));

        var result = await bench.Link.ReportAsync();
        Assert.Equal(SlotStatus.Abandoned, result.Outcome.Status);
        Assert.Empty(bench.Probe.Started);
    }

    [Fact]
    public async Task A_request_that_cannot_be_acknowledged_runs_once_all_the_same()
    {
        await using var bench = new Bench(new FakeLink { CannotAcknowledge = true });
        bench.Link.Send(Bench.Request());
        await bench.Probe.StartsAsync();

        bench.Link.Send(Bench.Request());

        await Wait.UntilAsync(() => bench.Link.Acks == 2, "the copy is dropped");
        bench.Probe.End(ActionResult.Success(Value.Null));
        await bench.Link.ReportAsync();
        Assert.Single(bench.Probe.Started);
    }
}
