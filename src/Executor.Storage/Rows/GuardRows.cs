using System.Data.Common;
using Executor.Core;
using Executor.Core.Runs;
using Executor.Storage.Writing;

namespace Executor.Storage.Rows;

/// <summary>Rows of the guard between SQL and C#.</summary>
internal static class GuardRows
{
    public const string Columns =
        "dispatch_id, run, task, visit, item, attempt, entry, status, sent_at, worker, claim_id, lease_until, "
        + "closed_at IS NOT NULL, pool";

    public const string UnclosedEnds =
        $"""
        SELECT {Columns} FROM guard WHERE ended_at IS NOT NULL AND closed_at IS NULL
        ORDER BY ended_at LIMIT @limit OFFSET @skip
        """;

    /// <summary>Each kind by its own index, and no more rows of it than asked for.</summary>
    public const string Backlog =
        """
        SELECT
            (SELECT count(*) - count(s.sent_at) FROM (
                SELECT sent_at FROM guard WHERE status = 'scheduled' ORDER BY news_at LIMIT @limit) AS s),
            (SELECT count(s.sent_at) FROM (
                SELECT sent_at FROM guard WHERE status = 'scheduled' ORDER BY news_at LIMIT @limit) AS s),
            (SELECT count(*) FROM (
                SELECT lease_until FROM guard WHERE status = 'running' ORDER BY lease_until LIMIT @limit) AS r),
            (SELECT count(*) FROM (
                SELECT ended_at FROM guard WHERE ended_at IS NOT NULL AND closed_at IS NULL
                ORDER BY ended_at LIMIT @limit) AS e)
        """;

    public const string OfRun =
        $"SELECT {Columns} FROM guard WHERE run = @run ORDER BY task, visit, item, attempt";

    /// <summary>Reads a row of <see cref="Columns"/>.</summary>
    public static GuardRow Read(DbDataReader row) => new(
        new DispatchId(row.GetString(0)),
        new RunId(row.GetString(1)),
        new Slot(row.GetString(2), row.GetInt32(3), row.GetInt32(4), row.GetInt32(5)),
        row.GetInt64(6),
        Words<SlotStatus>.Parse(row.GetString(7)),
        Time(row, 8),
        row.IsDBNull(9) ? null : row.GetString(9),
        row.IsDBNull(10) ? null : row.GetString(10),
        Time(row, 11),
        row.GetBoolean(12),
        row.IsDBNull(13) ? null : row.GetString(13));

    /// <summary>Reads the row of <see cref="Backlog"/>.</summary>
    public static GuardBacklog ReadBacklog(DbDataReader row) => new(
        checked((int)row.GetInt64(0)), checked((int)row.GetInt64(1)), checked((int)row.GetInt64(2)),
        checked((int)row.GetInt64(3)));

    public static Statement SetSlot(this Statement statement, DispatchId id, RunId run, Slot slot) => statement
        .Set("@id", id.Text)
        .Set("@run", run.Text)
        .Set("@task", slot.Task)
        .Set("@visit", slot.Visit)
        .Set("@item", slot.Item)
        .Set("@attempt", slot.Attempt);

    private static DateTimeOffset? Time(DbDataReader row, int column) =>
        row.IsDBNull(column) ? null : Micros.ToTime(row.GetInt64(column));
}
