using CsCheck;
using Executor.Core;
using Executor.Core.Runs;

namespace Executor.Actors.Tests.Contracts;

/// <summary>The guard is the referee: whatever is called at the same time, each row has one winner.</summary>
public abstract class GuardRaceContract
{
    private const int Slots = 3;
    private static readonly CancellationToken Never = CancellationToken.None;

    protected abstract Task<Stores> OpenAsync();

    [Fact]
    [Trait("lesson", "1.2")]
    public async Task Of_two_that_race_for_a_claim_exactly_one_wins()
    {
        await using var stores = await OpenAsync();
        await stores.Guard.ReserveAsync(Sample.Reservations(100), Never);

        var one = Task.Run(() => ClaimEachAsync(stores.Guard, "c1"));
        var other = Task.Run(() => ClaimEachAsync(stores.Guard, "c2"));
        var granted = await Task.WhenAll(one, other);

        Assert.All(Enumerable.Range(0, 100), item => Assert.True(granted[0][item] ^ granted[1][item]));
    }

    [Fact]
    public async Task Of_two_incarnations_that_reserve_the_same_slots_one_gets_conflicts_for_what_the_other_got()
    {
        await using var stores = await OpenAsync();

        var one = Task.Run(() => stores.Guard.ReserveAsync(Sample.Reservations(50, entry: 7), Never));
        var other = Task.Run(() => stores.Guard.ReserveAsync(Sample.Reservations(50, entry: 8), Never));
        var answers = await Task.WhenAll(one, other);

        Assert.All(Enumerable.Range(0, 50), item => Assert.Equal(
            [ReservedState.Unsent, ReservedState.Conflict],
            answers.Select(answer => answer[item].State).Order()));
    }

    /// <summary>Each list of numbers is one caller; a number is one call on one slot.</summary>
    [Fact]
    public Task However_calls_interleave_an_attempt_has_one_owner_and_one_end() => Gen.Int[0, (Slots * 7) - 1]
        .Array[1, 8].Array[2, 4]
        .SampleAsync(
            async callers =>
            {
                await using var stores = await OpenAsync();
                await stores.Guard.ReserveAsync(Sample.Reservations(Slots), Never);
                var seen = await Task.WhenAll(callers.Select((calls, caller) =>
                    Task.Run(() => CallAsync(stores, calls, $"c{caller}"))));
                AssertOneOwnerAndOneEnd(await stores.Guard.RowsAsync(Sample.Run, Never), seen);
            },
            iter: 60,
            threads: 1);

    private static async Task<bool[]> ClaimEachAsync(IDispatchGuard guard, string claimId)
    {
        var granted = new bool[100];
        for (var item = 0; item < 100; item += 10)
        {
            var batch = Enumerable.Range(item, 10).Select(one => Sample.Claim(one, claimId)).ToArray();
            (await guard.GrantsAsync(batch, Sample.Lease, Never)).ToArray().CopyTo(granted, item);
        }

        return granted;
    }

    private static async Task<Sightings> CallAsync(Stores stores, int[] calls, string caller)
    {
        var seen = new Sightings(caller);
        foreach (var call in calls)
        {
            var slot = call % Slots;
            switch (call / Slots)
            {
                case 0:
                    await stores.Guard.ReserveAsync([Sample.Reservation(slot)], Never);
                    break;
                case 1 or 2:
                    var granted = await stores.Guard.GrantsAsync([Sample.Claim(slot, caller)], Sample.Lease, Never);
                    seen.Granted.AddRange(granted[0] ? [slot] : []);
                    break;
                case 3:
                    var rows = await stores.Guard.WithdrawAsync([Sample.Withdrawal(slot)], Never);
                    seen.Withdrawn.AddRange(rows[0].Status == SlotStatus.Cancelled ? [slot] : []);
                    break;
                case 4:
                    await stores.Guard.MarkSentAsync([Sample.Id(slot)], Never);
                    break;
                case 5:
                    seen.Abandoned.AddRange(
                        (await stores.Guard.AbandonRunningAsync(1, Never)).Select(row => row.Slot.Item));
                    break;
                default:
                    await stores.Guard.UnsendStaleAsync(TimeSpan.Zero, 9, Never);
                    break;
            }
        }

        return seen;
    }

    private static void AssertOneOwnerAndOneEnd(IReadOnlyList<GuardRow> rows, Sightings[] seen)
    {
        Assert.Equal(Slots, rows.Count);
        foreach (var row in rows)
        {
            var slot = row.Slot.Item;
            var owners = seen.Where(one => one.Granted.Contains(slot)).Select(one => one.Caller).ToArray();
            var withdrawn = seen.Any(one => one.Withdrawn.Contains(slot));
            var abandoned = seen.Sum(one => one.Abandoned.Count(item => item == slot));

            Assert.True(owners.Length <= 1, $"Slot {slot} was granted to {string.Join(" and ", owners)}.");
            Assert.False(withdrawn && owners.Length > 0, $"Slot {slot} was granted and withdrawn.");
            Assert.True(abandoned <= owners.Length, $"Slot {slot} was abandoned {abandoned} times.");
            Assert.Equal(owners.SingleOrDefault(), row.ClaimId);
            Assert.Equal(
                withdrawn ? SlotStatus.Cancelled
                : abandoned > 0 ? SlotStatus.Abandoned
                : owners.Length > 0 ? SlotStatus.Running
                : SlotStatus.Scheduled,
                row.Status);
        }
    }

    private sealed record Sightings(string Caller)
    {
        public List<int> Granted { get; } = [];

        public List<int> Withdrawn { get; } = [];

        public List<int> Abandoned { get; } = [];
    }
}
