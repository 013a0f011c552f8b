using Executor.Core;
using Executor.Core.Messages;
using Executor.Core.Runs;

namespace Executor.Actors.Tests.Fakes;

/// <summary>The guard's promises over a dictionary; each call is one step that nothing can come between.</summary>
public sealed class InMemoryGuard(TimeProvider time) : IDispatchGuard
{
    private const int MaxDoublings = 6;

    private readonly Lock _gate = new();
    private readonly Dictionary<DispatchId, Line> _lines = [];
    private readonly HashSet<(RunId Run, Slot Slot)> _slots = [];

    public Task<IReadOnlyList<Reserved>> ReserveAsync(IReadOnlyList<Reservation> batch, CancellationToken stop) =>
        Each(batch, reservation =>
        {
            var line = LineOf(reservation.Id, reservation.Run, reservation.Slot, SlotStatus.Scheduled);
            if (line.Row.Entry == 0)
            {
                line.Row = line.Row with { Entry = reservation.Entry, Pool = reservation.Pool };
            }

            return new Reserved(reservation.Id, line.Row switch
            {
                var row when row.Entry != reservation.Entry => ReservedState.Conflict,
                { Status: SlotStatus.Scheduled, SentAt: null } => ReservedState.Unsent,
                _ => ReservedState.Settled,
            });
        }, stop);

    public Task MarkSentAsync(IReadOnlyList<DispatchId> batch, CancellationToken stop) => Each(batch, id =>
    {
        if (_lines.TryGetValue(id, out var line) && line.Row is { Status: SlotStatus.Scheduled, SentAt: null })
        {
            line.Row = line.Row with { SentAt = Now };
            line.News = Now;
        }

        return true;
    }, stop);

    public Task<IReadOnlyList<ClaimVerdict>> ClaimAsync(
        IReadOnlyList<Claim> batch, TimeSpan lease, CancellationToken stop) => Each(batch, claim =>
    {
        if (!_lines.TryGetValue(claim.Id, out var line))
        {
            return new ClaimVerdict(IsGranted: false);
        }

        if (line.Row.Pool is { } pool && claim.Sender is { } sender && !sender.Pools.Contains(pool))
        {
            return new ClaimVerdict(IsGranted: false, pool);
        }

        if (!(line.Row.Status == SlotStatus.Scheduled || IsHeld(line.Row, claim.ClaimId)))
        {
            return new ClaimVerdict(IsGranted: false);
        }

        line.Row = line.Row with
        {
            Status = SlotStatus.Running,
            Worker = claim.Worker,
            ClaimId = claim.ClaimId,
            LeaseUntil = Now + lease,
        };
        return new ClaimVerdict(IsGranted: true);
    }, stop);

    public Task<IReadOnlyList<bool>> RenewAsync(
        IReadOnlyList<Renewal> batch, TimeSpan lease, CancellationToken stop) => Each(batch, renewal =>
    {
        if (!_lines.TryGetValue(renewal.Id, out var line) || !IsHeld(line.Row, renewal.ClaimId))
        {
            return false;
        }

        line.Row = line.Row with { LeaseUntil = Now + lease };
        return true;
    }, stop);

    public Task<IReadOnlyList<GuardRow>> WithdrawAsync(IReadOnlyList<Withdrawal> batch, CancellationToken stop) =>
        Each(batch, withdrawal =>
        {
            var line = LineOf(withdrawal.Id, withdrawal.Run, withdrawal.Slot, withdrawal.Status);
            if (line.Row.Status == SlotStatus.Scheduled)
            {
                line.End(withdrawal.Status, Now);
            }

            return line.Row;
        }, stop);

    public Task<IReadOnlyList<GuardRow>> ExpireAsync(int limit, CancellationToken stop) =>
        Locked(() => Abandon(line => line.Row.LeaseUntil < Now, limit), stop);

    public Task<IReadOnlyList<GuardRow>> AbandonRunningAsync(int limit, CancellationToken stop) =>
        Locked(() => Abandon(_ => true, limit), stop);

    public Task CloseAsync(IReadOnlyList<Closing> batch, CancellationToken stop) => Each(batch, closing =>
    {
        if (_lines.TryGetValue(closing.Id, out var line) && !line.Row.Closed)
        {
            line.End(closing.Status, Now);
            line.Row = line.Row with { Closed = true };
        }

        return true;
    }, stop);

    public Task<IReadOnlyList<GuardRow>> UnclosedEndsAsync(int skip, int limit, CancellationToken stop) => Locked(() =>
        Rows(_lines.Values
            .Where(line => line is { EndedAt: not null, Row.Closed: false })
            .OrderBy(line => line.EndedAt)
            .Skip(skip)
            .Take(limit)), stop);

    public Task<IReadOnlyList<GuardRow>> UnsendStaleAsync(TimeSpan age, int limit, CancellationToken stop) =>
        Locked(() =>
        {
            var stale = _lines.Values
                .Where(line => line.Row.Status == SlotStatus.Scheduled && line.News + (age * line.Patience) < Now)
                .OrderBy(line => line.News)
                .Take(limit)
                .ToList();
            foreach (var line in stale)
            {
                line.Row = line.Row with { SentAt = null };
                line.News = Now;
                line.Patience = Math.Min(line.Patience * 2, 1 << MaxDoublings);
            }

            return Rows(stale);
        }, stop);

    public Task<IReadOnlyList<GuardRow>> RowsAsync(RunId run, CancellationToken stop) => Locked(() =>
        Rows(_lines.Values.Where(line => line.Row.Run == run).OrderBy(line => line.Row.Slot, SlotOrder.Instance)), stop);

    public Task<GuardBacklog> BacklogAsync(int most, CancellationToken stop) => Locked(() =>
    {
        var scheduled = Rows(_lines.Values.Where(line => line.Row.Status == SlotStatus.Scheduled)
            .OrderBy(line => line.News).Take(most));
        var unsent = scheduled.Count(row => row.SentAt is null);
        return new GuardBacklog(
            unsent, scheduled.Count - unsent,
            Math.Min(most, _lines.Values.Count(line => line.Row.Status == SlotStatus.Running)),
            Math.Min(most, _lines.Values.Count(line => line is { EndedAt: not null, Row.Closed: false })));
    }, stop);

    private DateTimeOffset Now => time.GetUtcNow();

    private static bool IsHeld(GuardRow row, string claimId) =>
        row.Status == SlotStatus.Running && row.ClaimId == claimId;

    private static IReadOnlyList<GuardRow> Rows(IEnumerable<Line> lines) => [.. lines.Select(line => line.Row)];

    private IReadOnlyList<GuardRow> Abandon(Func<Line, bool> which, int limit)
    {
        var lost = _lines.Values
            .Where(line => line.Row.Status == SlotStatus.Running && which(line))
            .OrderBy(line => line.Row.LeaseUntil)
            .Take(limit)
            .ToList();
        lost.ForEach(line => line.End(SlotStatus.Abandoned, Now));
        return Rows(lost);
    }

    private Line LineOf(DispatchId id, RunId run, Slot slot, SlotStatus status)
    {
        if (_lines.TryGetValue(id, out var known))
        {
            return known;
        }

        if (!_slots.Add((run, slot)))
        {
            throw new InvalidOperationException($"Slot {slot} of run {run} has another dispatch id than {id}.");
        }

        var row = new GuardRow(id, run, slot, 0, SlotStatus.Scheduled, null, null, null, null, false, null);
        var line = new Line(row, Now);
        if (Terminal.Is(status))
        {
            line.End(status, Now);
        }

        _lines.Add(id, line);
        return line;
    }

    private Task<IReadOnlyList<TAnswer>> Each<TItem, TAnswer>(
        IReadOnlyList<TItem> batch, Func<TItem, TAnswer> step, CancellationToken stop)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(batch.Count, IDispatchGuard.BatchLimit, nameof(batch));
        return Locked<IReadOnlyList<TAnswer>>(() => [.. batch.Select(step)], stop);
    }

    private Task<T> Locked<T>(Func<T> work, CancellationToken stop)
    {
        if (stop.IsCancellationRequested)
        {
            return Task.FromCanceled<T>(stop);
        }

        lock (_gate)
        {
            return Task.FromResult(work());
        }
    }

    private sealed class Line(GuardRow row, DateTimeOffset news)
    {
        public GuardRow Row { get; set; } = row;

        public DateTimeOffset News { get; set; } = news;

        public DateTimeOffset? EndedAt { get; private set; }

        public int Patience { get; set; } = 1;

        public void End(SlotStatus status, DateTimeOffset now)
        {
            Row = Row with { Status = status };
            EndedAt ??= now;
        }
    }
}
