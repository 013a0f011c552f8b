using Executor.Core;
using Executor.Core.Messages;
using Executor.Core.Runs;

namespace Executor.Actors.Tests.Engine;

internal sealed class MemoryGuard(Func<DateTimeOffset> clock) : IDispatchGuard
{
    private readonly Lock _lock = new();
    private readonly Dictionary<DispatchId, GuardRow> _rows = [];
    private readonly Dictionary<DispatchId, DateTimeOffset> _news = [];

    public IReadOnlyList<GuardRow> All
    {
        get
        {
            lock (_lock)
            {
                return [.. _rows.Values];
            }
        }
    }

    public Task<IReadOnlyList<Reserved>> ReserveAsync(IReadOnlyList<Reservation> batch, CancellationToken stop) =>
        With<IReadOnlyList<Reserved>>(() => [.. batch.Select(Reserve)]);

    public Task MarkSentAsync(IReadOnlyList<DispatchId> batch, CancellationToken stop) => With(() =>
    {
        foreach (var id in batch)
        {
            Put(_rows[id] with { SentAt = clock() });
        }

        return true;
    });

    public Task<IReadOnlyList<bool>> ClaimAsync(IReadOnlyList<Claim> batch, TimeSpan lease, CancellationToken stop) =>
        With<IReadOnlyList<bool>>(() => [.. batch.Select(claim => TryClaim(claim, lease))]);

    public Task<IReadOnlyList<bool>> RenewAsync(IReadOnlyList<Renewal> batch, TimeSpan lease, CancellationToken stop) =>
        With<IReadOnlyList<bool>>(() => [.. batch.Select(renewal =>
        {
            if (!_rows.TryGetValue(renewal.Id, out var row) || row.Status != SlotStatus.Running
                || row.ClaimId != renewal.ClaimId)
            {
                return false;
            }

            Put(row with { LeaseUntil = clock() + lease });
            return true;
        })]);

    public Task<IReadOnlyList<GuardRow>> WithdrawAsync(IReadOnlyList<Withdrawal> batch, CancellationToken stop) =>
        With<IReadOnlyList<GuardRow>>(() => [.. batch.Select(Withdraw)]);

    public Task<IReadOnlyList<GuardRow>> ExpireAsync(int limit, CancellationToken stop) =>
        Abandon(row => row.LeaseUntil < clock(), limit);

    public Task<IReadOnlyList<GuardRow>> AbandonRunningAsync(int limit, CancellationToken stop) => Abandon(_ => true, limit);

    public Task CloseAsync(IReadOnlyList<Closing> batch, CancellationToken stop) => With(() =>
    {
        foreach (var closing in batch)
        {
            if (_rows.TryGetValue(closing.Id, out var row) && !row.Closed)
            {
                Put(row with { Status = closing.Status, Closed = true });
            }
        }

        return true;
    });

    public Task<IReadOnlyList<GuardRow>> UnclosedEndsAsync(int limit, CancellationToken stop) =>
        With<IReadOnlyList<GuardRow>>(() => [.. _rows.Values.Where(row => HasEnded(row) && !row.Closed).Take(limit)]);

    public Task<IReadOnlyList<GuardRow>> UnsendStaleAsync(TimeSpan age, int limit, CancellationToken stop) =>
        With<IReadOnlyList<GuardRow>>(() =>
        {
            var stale = _rows.Values
                .Where(row => row.Status == SlotStatus.Scheduled && _news[row.Id] <= clock() - age).Take(limit).ToArray();
            foreach (var row in stale)
            {
                Put(row with { SentAt = null });
            }

            return stale;
        });

    public Task<IReadOnlyList<GuardRow>> RowsAsync(RunId run, CancellationToken stop) =>
        With<IReadOnlyList<GuardRow>>(() => [.. _rows.Values.Where(row => row.Run == run)]);

    private static bool HasEnded(GuardRow row) => row.Status is not (SlotStatus.Scheduled or SlotStatus.Running);

    private Reserved Reserve(Reservation wanted)
    {
        if (!_rows.TryGetValue(wanted.Id, out var row))
        {
            row = new GuardRow(
                wanted.Id, wanted.Run, wanted.Slot, wanted.Entry, SlotStatus.Scheduled, null, null, null, null, false);
            Put(row);
        }

        return new Reserved(wanted.Id, (row.Entry == wanted.Entry, row.Status, row.SentAt) switch
        {
            (_, not (SlotStatus.Scheduled or SlotStatus.Running), _) => ReservedState.Settled,
            (false, _, _) => ReservedState.Conflict,
            (_, SlotStatus.Scheduled, null) => ReservedState.Unsent,
            _ => ReservedState.Settled,
        });
    }

    private bool TryClaim(Claim claim, TimeSpan lease)
    {
        if (!_rows.TryGetValue(claim.Id, out var row)
            || !(row.Status == SlotStatus.Scheduled || (row.Status == SlotStatus.Running && row.ClaimId == claim.ClaimId)))
        {
            return false;
        }

        Put(row with
        {
            Status = SlotStatus.Running,
            Worker = claim.Worker,
            ClaimId = claim.ClaimId,
            LeaseUntil = clock() + lease,
        });
        return true;
    }

    private GuardRow Withdraw(Withdrawal withdrawal)
    {
        if (!_rows.TryGetValue(withdrawal.Id, out var row))
        {
            row = new GuardRow(
                withdrawal.Id, withdrawal.Run, withdrawal.Slot, 0, withdrawal.Status, null, null, null, null, false);
        }

        row = row.Status == SlotStatus.Scheduled ? row with { Status = withdrawal.Status } : row;
        Put(row);
        return row;
    }

    private Task<IReadOnlyList<GuardRow>> Abandon(Func<GuardRow, bool> which, int limit) =>
        With<IReadOnlyList<GuardRow>>(() =>
        {
            var lost = _rows.Values.Where(row => row.Status == SlotStatus.Running && which(row)).Take(limit)
                .Select(row => row with { Status = SlotStatus.Abandoned }).ToArray();
            foreach (var row in lost)
            {
                Put(row);
            }

            return lost;
        });

    private void Put(GuardRow row)
    {
        _rows[row.Id] = row;
        _news[row.Id] = clock();
    }

    private Task<T> With<T>(Func<T> body)
    {
        lock (_lock)
        {
            return Task.FromResult(body());
        }
    }
}
