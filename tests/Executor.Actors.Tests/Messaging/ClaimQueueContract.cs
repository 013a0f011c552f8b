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
        await using var broker = await OpenAsync(TimeSpan.FromSeconds(60));
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
        await using var broker = await OpenAsync(TimeSpan.FromSeconds(60));
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
        await using var broker = await OpenAsync(TimeSpan.FromSeconds(60));
        using var stop = new CancellationTokenSource();
        var answered = new int[2];
        var desks = Enumerable.Range(0, 2).Select(desk => AnswerAsync(
            broker, () => Interlocked.Increment(ref answered[desk]), stop.Token)).ToArray();

        // Either may begin to read later than the other.
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        for (var item = 0; Volatile.Read(ref answered[0]) == 0 || Volatile.Read(ref answered[1]) == 0; item++)
        {
            Assert.False(late.IsCancellationRequested, "One desk has answered all.");
            Assert.Equal(Sample.Id(item), (await broker.Worker.ClaimAsync(Sample.Claim(item), Never)).Id);
        }

        await stop.CancelAsync();
        await Task.WhenAll(desks);
    }

    private static async Task AnswerAsync(Broker broker, Action answered, CancellationToken stop)
    {
        try
        {
            await foreach (var call in broker.Claims.ReadAsync(stop))
            {
                var claim = Assert.IsType<ClaimCall.OfClaim>(call);
                answered();
                await claim.Reply(new ClaimAnswer.Refused(claim.Claim.Id));
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return;
        }
    }
}
