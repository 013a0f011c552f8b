using System.Data.Common;
using System.Text.Json;
using Executor.Core;
using Executor.Core.Messages;
using Executor.Core.Runs;
using Executor.Core.Values;
using Executor.Storage.Rows;

namespace Executor.Storage.Postgres;

/// <summary>The guard in SQL: each row changes by a compare-and-set of its own, a whole batch in one round trip.</summary>
/// <remarks>
/// Rows are locked in order of their ids before they change, so that batches which share rows wait for each other
/// instead of standing in each other's way; what looks for any rows of a kind passes by those that are locked.
/// <para>
/// What is asked of named rows stands in a CASE: said plainly, the server would look through the index of all rows that
/// wait or run, which costs each call as much as the whole backlog.
/// </para>
/// </remarks>
internal sealed class PostgresGuard(PostgresDatabase database) : IDispatchGuard
{
    // A row that a withdrawal has added knows no entry and no pool yet; whoever reserves it later supplies them.
    private const string Reserve =
        """
        INSERT INTO guard AS g (dispatch_id, run, task, visit, item, attempt, entry, status, news_at, pool)
        SELECT id, run, task, visit, item, attempt, entry, 'scheduled', executor_now(), pool
        FROM unnest(@ids, @runs, @tasks, @visits, @items, @attempts, @entries, @pools)
            AS wanted (id, run, task, visit, item, attempt, entry, pool)
        ON CONFLICT (dispatch_id) DO UPDATE SET
            entry = CASE g.entry WHEN 0 THEN excluded.entry ELSE g.entry END,
            pool = CASE WHEN g.pool IS NULL AND g.entry IN (0, excluded.entry) THEN excluded.pool ELSE g.pool END
        RETURNING dispatch_id, entry, status = 'scheduled' AND sent_at IS NULL
        """;

    private const string MarkSent =
        """
        WITH held AS (
            SELECT dispatch_id FROM guard
            WHERE dispatch_id = ANY (@ids) AND CASE status WHEN 'scheduled' THEN sent_at IS NULL END
            ORDER BY dispatch_id FOR NO KEY UPDATE)
        UPDATE guard AS g SET sent_at = executor_now(), news_at = executor_now()
        FROM held WHERE g.dispatch_id = held.dispatch_id
        """;

    // Null where either side is not known: then the pool bars nobody.
    private const string Claim =
        """
        WITH held AS (
            SELECT g.dispatch_id, claimed.worker, claimed.claim
            FROM unnest(@ids, @workers, @claims, @pools) AS claimed (id, worker, claim, pools)
            JOIN guard AS g ON g.dispatch_id = claimed.id
            WHERE CASE g.status WHEN 'scheduled' THEN true WHEN 'running' THEN g.claim_id = claimed.claim END
                AND coalesce(claimed.pools::jsonb @> to_jsonb(g.pool), true)
            ORDER BY g.dispatch_id FOR NO KEY UPDATE OF g)
        UPDATE guard AS g
        SET status = 'running', worker = held.worker, claim_id = held.claim, lease_until = executor_now() + @lease
        FROM held WHERE g.dispatch_id = held.dispatch_id
        RETURNING g.dispatch_id
        """;

    private const string PoolsOf = "SELECT dispatch_id, pool FROM guard WHERE dispatch_id = ANY (@ids) AND pool IS NOT NULL";

    private const string Renew =
        """
        WITH held AS (
            SELECT g.dispatch_id
            FROM unnest(@ids, @claims) AS renewed (id, claim)
            JOIN guard AS g ON g.dispatch_id = renewed.id
            WHERE CASE g.status WHEN 'running' THEN g.claim_id = renewed.claim END
            ORDER BY g.dispatch_id FOR NO KEY UPDATE OF g)
        UPDATE guard AS g SET lease_until = executor_now() + @lease
        FROM held WHERE g.dispatch_id = held.dispatch_id
        RETURNING g.dispatch_id
        """;

    private const string Withdraw =
        $"""
        INSERT INTO guard AS g (dispatch_id, run, task, visit, item, attempt, entry, status, news_at, ended_at)
        SELECT id, run, task, visit, item, attempt, 0, status, executor_now(), executor_now()
        FROM unnest(@ids, @runs, @tasks, @visits, @items, @attempts, @statuses)
            AS unwanted (id, run, task, visit, item, attempt, status)
        ON CONFLICT (dispatch_id) DO UPDATE SET
            status = CASE g.status WHEN 'scheduled' THEN excluded.status ELSE g.status END,
            ended_at = CASE g.status WHEN 'scheduled' THEN excluded.ended_at ELSE g.ended_at END
        RETURNING {GuardRows.Columns}
        """;

    private const string Expire =
        $"""
        WITH past AS MATERIALIZED (
            SELECT dispatch_id AS id FROM guard WHERE status = 'running' AND lease_until < executor_now()
            ORDER BY lease_until LIMIT @limit FOR NO KEY UPDATE SKIP LOCKED)
        UPDATE guard SET status = 'abandoned', ended_at = executor_now()
        FROM past WHERE dispatch_id = past.id
        RETURNING {GuardRows.Columns}
        """;

    private const string AbandonRunning =
        $"""
        WITH orphan AS MATERIALIZED (
            SELECT dispatch_id AS id FROM guard WHERE status = 'running'
            ORDER BY lease_until LIMIT @limit FOR NO KEY UPDATE)
        UPDATE guard SET status = 'abandoned', ended_at = executor_now()
        FROM orphan WHERE dispatch_id = orphan.id
        RETURNING {GuardRows.Columns}
        """;

    private const string Close =
        """
        WITH held AS (
            SELECT g.dispatch_id, closing.status
            FROM unnest(@ids, @statuses) AS closing (id, status)
            JOIN guard AS g ON g.dispatch_id = closing.id
            WHERE g.closed_at IS NULL
            ORDER BY g.dispatch_id FOR NO KEY UPDATE OF g)
        UPDATE guard AS g
        SET status = held.status, ended_at = coalesce(g.ended_at, executor_now()), closed_at = executor_now()
        FROM held WHERE g.dispatch_id = held.dispatch_id
        """;

    private const string UnsendStale =
        $"""
        WITH stale AS MATERIALIZED (
            SELECT dispatch_id AS id FROM guard
            WHERE status = 'scheduled' AND news_at < executor_now() - @age
                AND news_at + @age * patience < executor_now()
            ORDER BY news_at LIMIT @limit FOR NO KEY UPDATE SKIP LOCKED)
        UPDATE guard SET sent_at = NULL, news_at = executor_now(), patience = least(patience * 2, 64)
        FROM stale WHERE dispatch_id = stale.id
        RETURNING {GuardRows.Columns}
        """;

    public Task<IReadOnlyList<Reserved>> ReserveAsync(IReadOnlyList<Reservation> batch, CancellationToken stop) =>
        database.EachAsync(
            batch, one => one.Id, Reserve,
            (values, ones) => values
                .Slots(ones, one => (one.Id, one.Run, one.Slot))
                .Longs("entries", ones, one => one.Entry)
                .Texts("pools", ones, one => one.Pool),
            row => Tuple.Create(row.GetInt64(1), row.GetBoolean(2)),
            (one, row) => new Reserved(one.Id, StateOf(one, row!.Item1, row.Item2)),
            stop);

    public Task MarkSentAsync(IReadOnlyList<DispatchId> batch, CancellationToken stop) =>
        database.EachAsync(
            batch, id => id, MarkSent, (values, ids) => values.Texts("ids", ids, id => id.Text), Id, (_, _) => true, stop);

    public async Task<IReadOnlyList<ClaimVerdict>> ClaimAsync(
        IReadOnlyList<Claim> batch, TimeSpan lease, CancellationToken stop)
    {
        var granted = await database.EachAsync(
            batch, claim => claim.Id, Claim,
            (values, claims) => values
                .Texts("ids", claims, claim => claim.Id.Text)
                .Texts("workers", claims, claim => claim.Worker)
                .Texts("claims", claims, claim => claim.ClaimId)
                .Texts("pools", claims, claim => claim.Sender is { } sender ? ListOf(sender.Pools) : null)
                .Long("lease", Micros.Of(lease)),
            Id, (_, granted) => granted is not null, stop);
        var barred = await BarredFromAsync([.. batch.Where((_, place) => !granted[place])], stop);
        return [.. batch.Zip(granted, (claim, isGranted) =>
            new ClaimVerdict(isGranted, isGranted ? null : barred.GetValueOrDefault(claim)))];
    }

    public Task<IReadOnlyList<bool>> RenewAsync(IReadOnlyList<Renewal> batch, TimeSpan lease, CancellationToken stop) =>
        database.EachAsync(
            batch, renewal => renewal.Id, Renew,
            (values, renewals) => values
                .Texts("ids", renewals, renewal => renewal.Id.Text)
                .Texts("claims", renewals, renewal => renewal.ClaimId)
                .Long("lease", Micros.Of(lease)),
            Id, (_, running) => running is not null, stop);

    public Task<IReadOnlyList<GuardRow>> WithdrawAsync(IReadOnlyList<Withdrawal> batch, CancellationToken stop) =>
        database.EachAsync(
            batch, one => one.Id, Withdraw,
            (values, ones) => values
                .Slots(ones, one => (one.Id, one.Run, one.Slot))
                .Texts("statuses", ones, one => Words<SlotStatus>.Of(one.Status)),
            GuardRows.Read, (_, row) => row!, stop);

    public async Task<IReadOnlyList<GuardRow>> ExpireAsync(int limit, CancellationToken stop) =>
        LongestPastFirst(await database.RowsAsync(Expire, values => values.Long("limit", limit), stop));

    public async Task<IReadOnlyList<GuardRow>> AbandonRunningAsync(int limit, CancellationToken stop) =>
        LongestPastFirst(await database.RowsAsync(AbandonRunning, values => values.Long("limit", limit), stop));

    public Task CloseAsync(IReadOnlyList<Closing> batch, CancellationToken stop) =>
        database.EachAsync(
            batch, closing => closing.Id, Close,
            (values, closings) => values
                .Texts("ids", closings, closing => closing.Id.Text)
                .Texts("statuses", closings, closing => Words<SlotStatus>.Of(closing.Status)),
            Id, (_, _) => true, stop);

    public Task<IReadOnlyList<GuardRow>> UnclosedEndsAsync(int skip, int limit, CancellationToken stop) =>
        database.RowsAsync(GuardRows.UnclosedEnds, values => values.Long("skip", skip).Long("limit", limit), stop);

    public Task<IReadOnlyList<GuardRow>> UnsendStaleAsync(TimeSpan age, int limit, CancellationToken stop) =>
        database.RowsAsync(UnsendStale, values => values.Long("age", Micros.Of(age)).Long("limit", limit), stop);

    public async Task<GuardBacklog> BacklogAsync(int most, CancellationToken stop) =>
        (await database.RowsAsync(
            GuardRows.Backlog, values => values.Long("limit", most), GuardRows.ReadBacklog, stop))[0];

    public Task<IReadOnlyList<GuardRow>> RowsAsync(RunId run, CancellationToken stop) =>
        database.RowsAsync(GuardRows.OfRun, values => values.AddWithValue("run", run.Text), stop);

    /// <summary>Asked only of those that got nothing: a pool that is known never becomes another.</summary>
    private async Task<Dictionary<Claim, string>> BarredFromAsync(List<Claim> refused, CancellationToken stop)
    {
        var limited = refused.FindAll(claim => claim.Sender is not null);
        if (limited.Count == 0)
        {
            return [];
        }

        var pools = (await database.RowsAsync(
            PoolsOf, values => values.Texts("ids", limited, claim => claim.Id.Text),
            row => (Id: row.GetString(0), Pool: row.GetString(1)), stop)).ToDictionary(row => row.Id, row => row.Pool);
        return limited.Distinct()
            .Where(claim => pools.TryGetValue(claim.Id.Text, out var pool) && !claim.Sender!.Pools.Contains(pool))
            .ToDictionary(claim => claim, claim => pools[claim.Id.Text]);
    }

    /// <summary>As JSON, because an array of arrays has no lists of different lengths.</summary>
    private static string ListOf(IReadOnlyList<string> pools) =>
        $"[{string.Join(',', pools.Select(pool => $"\"{JsonEncodedText.Encode(StorableText.Of(pool))}\""))}]";

    private static string Id(DbDataReader row) => row.GetString(0);

    private static ReservedState StateOf(Reservation wanted, long entry, bool unsent)
    {
        if (entry != wanted.Entry)
        {
            return ReservedState.Conflict;
        }

        return unsent ? ReservedState.Unsent : ReservedState.Settled;
    }

    private static IReadOnlyList<GuardRow> LongestPastFirst(IEnumerable<GuardRow> rows) =>
        [.. rows.OrderBy(row => row.LeaseUntil)];
}
