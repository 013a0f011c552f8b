using Executor.Actors.Tests.Contracts;
using Executor.Core.Values;
using Executor.Storage;

namespace Executor.Actors.Tests.Storage;

/// <summary>Answers that one process leaves for another.</summary>
public sealed class AnswerOffersTests
{
    private static readonly CancellationToken Never = CancellationToken.None;

    [Fact]
    public async Task An_answer_is_there_for_every_process_until_one_has_decided_and_the_first_verdict_stays()
    {
        using var directory = new DataDirectory();
        await using var one = await directory.OpenAsync();
        await using var other = await directory.OpenAsync();
        var first = await one.Offers.OfferAsync(Offer(1), Never);
        var second = await one.Offers.OfferAsync(Offer(2), Never);

        Assert.Equal([Offer(1) with { Number = first }, Offer(2) with { Number = second }], await other.Offers.UndecidedAsync(0, 9, Never));
        Assert.Equal([second], (await other.Offers.UndecidedAsync(first, 9, Never)).Select(answer => answer.Number));
        Assert.Null(await one.Offers.VerdictAsync(first, Never));

        await other.Offers.DecideAsync(first, new OfferVerdict(OfferVerdict.Accepted, null), Never);
        await one.Offers.DecideAsync(first, new OfferVerdict("inquiry.closed", "Too late."), Never);

        Assert.Equal(new OfferVerdict(OfferVerdict.Accepted, null), await one.Offers.VerdictAsync(first, Never));
        Assert.Equal([second], (await one.Offers.UndecidedAsync(0, 9, Never)).Select(answer => answer.Number));
    }

    private static OfferedAnswer Offer(int item) => new(
        0, Sample.Run, Sample.Slot(item), Value.Map.Empty.With("approve", Value.True), "ann", Stores.Noon.AddSeconds(item));
}
