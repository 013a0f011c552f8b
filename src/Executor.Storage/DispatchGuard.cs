using System.Data.Common;
using Executor.Core;
using Executor.Core.Messages;
using Executor.Core.Runs;
using Executor.Storage.Rows;
using Executor.Storage.Writing;

namespace Executor.Storage;

/// <summary>The guard in SQL: each change is one compare-and-set of one row, each batch one part of a commit.</summary>
internal sealed class DispatchGuard(SqliteWriter writer, Database database) : IDispatchGuard
{
    // A row that a withdrawal has added knows no entry and no pool yet; whoever reserves it later supplies them.
    private const string Reserve =
        """
        INSERT INTO guard (dispatch_id, run, task, visit, item, attempt, entry, status, news_at, pool)
        VALUES (@id, @run, @task, @visit, @item, @attempt, @entry, 'scheduled', executor_now(), @pool)
        ON CONFLICT (dispatch_id) DO UPDATE SET
            entry = CASE entry WHEN 0 THEN excluded.entry ELSE entry END,
            pool = CASE WHEN pool IS NULL AND entry IN (0, excluded.entry) THEN excluded.pool ELSE pool END
        RETURNING entry, status = 'scheduled' AND sent_at IS NULL
        """;

    private const string MarkSent =
        """
        UPDATE guard SET sent_at = executor_now(), news_at = executor_now()
        WHERE dispatch_id = @id AND status = 'scheduled' AND sent_at IS NULL
        """;

    private const string Claim =
        """
        UPDATE guard
        SET status = 'running', worker = @worker, claim_id = @claim, lease_until = executor_now() + @lease
        WHERE dispatch_id = @id AND (status = 'scheduled' OR (status = 'running' AND claim_id = @claim))
        """;

    private const string PoolOf = "SELECT pool FROM guard WHERE dispatch_id = @id";

    private const string Renew =
        """
        UPDATE guard SET lease_until = executor_now() + @lease
        WHERE dispatch_id = @id AND status = 'running' AND claim_id = @claim
        """;

    private const string Withdraw =
        $"""
        INSERT INTO guard (dispatch_id, run, task, visit, item, attempt, entry, status, news_at, ended_at)
        VALUES (@id, @run, @task, @visit, @item, @attempt, 0, @status, executor_now(), executor_now())
        ON CONFLICT (dispatch_id) DO UPDATE SET
            status = CASE status WHEN 'scheduled' THEN excluded.status ELSE status END,
            ended_at = CASE status WHEN 'scheduled' THEN excluded.ended_at ELSE ended_at END
        RETURNING {GuardRows.Columns}
        """;

    private const string Expire =
        $"""
        UPDATE guard SET status = 'abandoned', ended_at = executor_now()
        WHERE rowid IN (
            SELECT rowid FROM guard WHERE status = 'running' AND lease_until < executor_now()
            ORDER BY lease_until LIMIT @limit)
        RETURNING {GuardRows.Columns}
        """;

    private const string AbandonRunning =
        $"""
        UPDATE guard SET status = 'abandoned', ended_at = executor_now()
        WHERE rowid IN (SELECT rowid FROM guard WHERE status = 'running' ORDER BY lease_until LIMIT @limit)
        RETURNING {GuardRows.Columns}
        """;

    private const string Close =
        """
        UPDATE guard
        SET status = @status, ended_at = coalesce(ended_at, executor_now()), closed_at = executor_now()
        WHERE dispatch_id = @id AND closed_at IS NULL
        """;

    private const string UnsendStale =
        $"""
        UPDATE guard SET sent_at = NULL, news_at = executor_now(), patience = min(patience * 2, 64)
        WHERE rowid IN (
            SELECT rowid FROM guard
            WHERE status = 'scheduled' AND news_at < executor_now() - @age
                AND news_at + @age * patience < executor_now()
            ORDER BY news_at LIMIT @limit)
        RETURNING {GuardRows.Columns}
        """;

    public Task<IReadOnlyList<Reserved>> ReserveAsync(IReadOnlyList<Reservation> batch, CancellationToken stop) =>
        EachAsync(batch, Reserve, (statement, one) => statement
            .SetSlot(one.Id, one.Run, one.Slot)
            .Set("@entry", one.Entry)
            .Set("@pool", one.Pool)
            .One(row => new Reserved(one.Id, StateOf(one, row.GetInt64(0), row.GetBoolean(1)))), stop);

    public Task MarkSentAsync(IReadOnlyList<DispatchId> batch, CancellationToken stop) =>
        EachAsync(batch, MarkSent, (statement, id) => statement.Set("@id", id.Text).Execute(), stop);

    public Task<IReadOnlyList<ClaimVerdict>> ClaimAsync(
        IReadOnlyList<Claim> batch, TimeSpan lease, CancellationToken stop) =>
        EachAsync(batch, (session, claim) => BarredFrom(session, claim) is { } pool
            ? new ClaimVerdict(IsGranted: false, pool)
            : new ClaimVerdict(session.Prepare(Claim)
                .Set("@id", claim.Id.Text)
                .Set("@worker", claim.Worker)
                .Set("@claim", claim.ClaimId)
                .Set("@lease", Micros.Of(lease))
                .Execute() == 1), stop);

    public Task<IReadOnlyList<bool>> RenewAsync(IReadOnlyList<Renewal> batch, TimeSpan lease, CancellationToken stop) =>
        EachAsync(batch, Renew, (statement, renewal) => statement
            .Set("@id", renewal.Id.Text)
            .Set("@claim", renewal.ClaimId)
            .Set("@lease", Micros.Of(lease))
            .Execute() == 1, stop);

    public Task<IReadOnlyList<GuardRow>> WithdrawAsync(IReadOnlyList<Withdrawal> batch, CancellationToken stop) =>
        EachAsync(batch, Withdraw, (statement, one) => statement
            .SetSlot(one.Id, one.Run, one.Slot)
            .Set("@status", Words<SlotStatus>.Of(one.Status))
            .One(GuardRows.Read), stop);

    public async Task<IReadOnlyList<GuardRow>> ExpireAsync(int limit, CancellationToken stop) =>
        LongestPastFirst(await ChangeAsync(Expire, TimeSpan.Zero, limit, stop));

    public async Task<IReadOnlyList<GuardRow>> AbandonRunningAsync(int limit, CancellationToken stop) =>
        LongestPastFirst(await ChangeAsync(AbandonRunning, TimeSpan.Zero, limit, stop));

    public Task CloseAsync(IReadOnlyList<Closing> batch, CancellationToken stop) =>
        EachAsync(batch, Close, (statement, closing) => statement
            .Set("@id", closing.Id.Text)
            .Set("@status", Words<SlotStatus>.Of(closing.Status))
            .Execute(), stop);

    public Task<IReadOnlyList<GuardRow>> UnclosedEndsAsync(int skip, int limit, CancellationToken stop) =>
        SelectAsync(
            GuardRows.UnclosedEnds, values => values.Set("@skip", skip).Set("@limit", limit), GuardRows.Read, stop);

    public Task<IReadOnlyList<GuardRow>> UnsendStaleAsync(TimeSpan age, int limit, CancellationToken stop) =>
        ChangeAsync(UnsendStale, age, limit, stop);

    public Task<IReadOnlyList<GuardRow>> RowsAsync(RunId run, CancellationToken stop) =>
        SelectAsync(GuardRows.OfRun, values => values.Set("@run", run.Text), GuardRows.Read, stop);

    public async Task<GuardBacklog> BacklogAsync(int most, CancellationToken stop) =>
        (await SelectAsync(
            GuardRows.Backlog, values => values.Set("@limit", most), GuardRows.ReadBacklog, stop))[0];

    private static ReservedState StateOf(Reservation wanted, long entry, bool unsent)
    {
        if (entry != wanted.Entry)
        {
            return ReservedState.Conflict;
        }

        return unsent ? ReservedState.Unsent : ReservedState.Settled;
    }

    // Nothing comes between this and the claim: both are parts of one write, and writes follow each other.
    private static string? BarredFrom(WriteSession session, Claim claim) =>
        claim.Sender is { } sender
        && session.Prepare(PoolOf).Set("@id", claim.Id.Text).All(row => row.IsDBNull(0) ? null : row.GetString(0))
            is [{ } pool] && !sender.Pools.Contains(pool) ? pool : null;

    private static IReadOnlyList<GuardRow> LongestPastFirst(IEnumerable<GuardRow> rows) =>
        [.. rows.OrderBy(row => row.LeaseUntil)];

    private Task<IReadOnlyList<TAnswer>> EachAsync<TItem, TAnswer>(
        IReadOnlyList<TItem> batch, string sql, Func<Statement, TItem, TAnswer> step, CancellationToken stop) =>
        EachAsync(batch, (session, item) => step(session.Prepare(sql), item), stop);

    private Task<IReadOnlyList<TAnswer>> EachAsync<TItem, TAnswer>(
        IReadOnlyList<TItem> batch, Func<WriteSession, TItem, TAnswer> step, CancellationToken stop)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(batch.Count, IDispatchGuard.BatchLimit, nameof(batch));
        return writer.RunAsync<IReadOnlyList<TAnswer>>(session => [.. batch.Select(item => step(session, item))], stop);
    }

    private Task<IReadOnlyList<GuardRow>> ChangeAsync(string sql, TimeSpan age, int limit, CancellationToken stop) =>
        writer.RunAsync<IReadOnlyList<GuardRow>>(
            session => session.Prepare(sql)
                .Set("@age", Micros.Of(age))
                .Set("@limit", limit)
                .All(GuardRows.Read),
            stop);

    private Task<IReadOnlyList<T>> SelectAsync<T>(
        string sql, Func<Statement, Statement> bind, Func<DbDataReader, T> read, CancellationToken stop) =>
        database.ReadAsync<IReadOnlyList<T>>(
        connection =>
        {
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            using var statement = new Statement(command);
            return bind(statement).All(read);
        },
        stop);
}
