using Executor.Core;
using Executor.Core.Messages;

namespace Executor.Actors.Tests.Messaging;

/// <summary>What every implementation promises about claims and renewals.</summary>
public abstract class ClaimQueueContract
{
    private static readonly CancellationToken Never = CancellationToken.None;

    /// <param name="patience">How long a claim waits for its answer.</param>
    protected abstract Task<Broker> OpenAsync(TimeSpan patience);

    [Fact]
    public async Task The_answer_to_a_claim_reaches_the_one_who_asked()
    {
        await using var broker = await OpenAsync(TimeSpan.FromSeconds(20));
        await using var desk = new Reading<ClaimCall>(broker.Claims.ReadAsync);
        var first = broker.Worker.ClaimAsync(Sample.Claim(1), Never);
        var second = broker.Worker.ClaimAsync(Sample.Claim(2), Never);

        var calls = (await desk.NextAsync(2)).Cast<ClaimCall.OfClaim>().ToDictionary(call => call.Claim.Id);
        await calls[Sample.Id(2)].Reply(new ClaimAnswer.Refused(Sample.Id(2)));
        await calls[Sample.Id(1)].Reply(new ClaimAnswer.Granted(Sample.Id(1), "t", TimeSpan.FromMinutes(1)));

        Assert.Equal(new ClaimAnswer.Granted(Sample.Id(1), "t", TimeSpan.FromMinutes(1)), await first);
        Assert.Equal(new ClaimAnswer.Refused(Sample.Id(2)), await second);
    }

    [Fact]
    public async Task The_answer_to_a_renewal_reaches_the_one_who_asked()
    {
        await using var broker = await OpenAsync(TimeSpan.FromSeconds(20));
        await using var desk = new Reading<ClaimCall>(broker.Claims.ReadAsync);
        var asked = broker.Worker.RenewAsync(new Renewal(Sample.Id(1), "w1", "c1"), Never);

        var call = Assert.IsType<ClaimCall.OfRenewal>(await desk.NextAsync());
        await call.Reply(new RenewalAnswer(call.Renewal.Id, Running: true));

        Assert.Equal(new RenewalAnswer(Sample.Id(1), Running: true), await asked);
    }

    [Fact]
    public async Task A_silent_desk_is_a_timeout_and_the_claim_may_be_repeated()
    {
        await using var broker = await OpenAsync(TimeSpan.FromMilliseconds(200));
        await using var desk = new Reading<ClaimCall>(broker.Claims.ReadAsync);
        var first = broker.Worker.ClaimAsync(Sample.Claim(1), Never);
        var late = Assert.IsType<ClaimCall.OfClaim>(await desk.NextAsync());
        await Assert.ThrowsAsync<TimeoutException>(() => first);

        await late.Reply(new ClaimAnswer.Refused(Sample.Id(1)));
        var second = broker.Worker.ClaimAsync(Sample.Claim(1), Never);
        var call = Assert.IsType<ClaimCall.OfClaim>(await desk.NextAsync());
        await call.Reply(new ClaimAnswer.Granted(Sample.Id(1), "t", TimeSpan.FromMinutes(1)));

        Assert.IsType<ClaimAnswer.Granted>(await second);
    }

    [Fact]
    public async Task A_claim_without_any_desk_is_a_timeout()
    {
        await using var broker = await OpenAsync(TimeSpan.FromMilliseconds(200));

        await Assert.ThrowsAsync<TimeoutException>(() => broker.Worker.ClaimAsync(Sample.Claim(1), Never));
    }

    [Fact]
    public async Task A_worker_that_stops_waits_no_longer()
    {
        await using var broker = await OpenAsync(TimeSpan.FromMinutes(1));
        using var stop = new CancellationTokenSource();
        var asked = broker.Worker.ClaimAsync(Sample.Claim(1), stop.Token);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);
    }

    [Fact]
    public async Task Two_desks_share_the_claims()
    {
        await using var broker = await OpenAsync(TimeSpan.FromSeconds(20));
        await using var one = new Reading<ClaimCall>(broker.Claims.ReadAsync);
        await using var two = new Reading<ClaimCall>(broker.Claims.ReadAsync);
        var first = broker.Worker.ClaimAsync(Sample.Claim(1), Never);
        var second = broker.Worker.ClaimAsync(Sample.Claim(2), Never);

        foreach (var call in await Task.WhenAll(one.NextAsync(), two.NextAsync()))
        {
            var claim = Assert.IsType<ClaimCall.OfClaim>(call);
            await claim.Reply(new ClaimAnswer.Refused(claim.Claim.Id));
        }

        Assert.Equal(Sample.Id(1), (await first).Id);
        Assert.Equal(Sample.Id(2), (await second).Id);
    }
}
