using System.Data.Common;
using Executor.Core;
using Executor.Core.Runs;
using Executor.Storage.Rows;

namespace Executor.Storage.Postgres;

/// <remarks>
/// The rows are locked in order of their runs before they change, and are answered as they were locked: what another
/// node has changed meanwhile counts.
/// </remarks>
internal sealed class PostgresDueTimes(PostgresDatabase database) : IDueTimes
{
    private const string Step =
        """
        WITH step AS (
            SELECT * FROM unnest(@runs, @kinds, @holders, @times, @entries) AS s (run, kind, holder, due_at, entries)),
        held AS MATERIALIZED (
            SELECT d.run, d.due_at, d.holder, d.entries FROM due AS d
            WHERE d.run = ANY (@runs) ORDER BY d.run FOR UPDATE),
        kept AS (
            INSERT INTO due AS d (run, due_at, holder)
            SELECT run, due_at, holder FROM step WHERE kind IN ('remind', 'take') ORDER BY run
            ON CONFLICT (run) DO UPDATE SET
                due_at = CASE WHEN excluded.holder IS NULL THEN least(d.due_at, excluded.due_at) ELSE excluded.due_at END,
                holder = coalesce(excluded.holder, d.holder)),
        moved AS (
            UPDATE due AS d SET
                due_at = step.due_at,
                holder = CASE step.kind WHEN 'move' THEN d.holder END,
                entries = CASE step.kind WHEN 'move' THEN d.entries ELSE step.entries END
            FROM step WHERE d.run = step.run AND step.kind IN ('move', 'release') AND d.holder = step.holder),
        gone AS (
            DELETE FROM due AS d USING step
            WHERE d.run = step.run
                AND (step.kind = 'forget' OR (step.kind = 'drop' AND d.holder = step.holder)))
        SELECT run, due_at, holder, entries FROM held
        """;

    public async Task<IReadOnlyList<DueRow?>> StepAsync(IReadOnlyList<DueStep> batch, CancellationToken stop)
    {
        if (batch.Count == 0)
        {
            return [];
        }

        var columns = batch.Select(ColumnsOf).ToList();
        var rows = await database.RowsAsync(
            Step,
            values => values
                .Texts("runs", columns, one => one.Run)
                .Texts("kinds", columns, one => one.Kind)
                .Texts("holders", columns, one => one.Holder)
                .Longs("times", columns, one => Micros.Of(one.Due))
                .Longs("entries", columns, one => one.Entries),
            Read,
            stop);
        var before = rows.ToDictionary(row => row.Run, row => row.Row, StringComparer.Ordinal);
        return [.. batch.Select(step => before.GetValueOrDefault(step.Run.Text))];
    }

    public async Task<IReadOnlyList<DueRun>> DueAsync(
        DateTimeOffset now, DueRun? after, int limit, CancellationToken stop) =>
        [.. (await database.QueryAsync<DueLine>(DueTimes.Due, DueLine.Page(now, after, limit), stop)).Select(line => line.ToRun())];

    private static (string Run, DueRow Row) Read(DbDataReader row) => (
        row.GetString(0),
        new DueRow(Micros.ToTime(row.GetInt64(1)), row.IsDBNull(2) ? null : row.GetString(2), row.GetInt64(3)));

    private static (string Run, string Kind, string? Holder, DateTimeOffset? Due, long? Entries) ColumnsOf(DueStep step) =>
        step switch
        {
            DueStep.Remind remind => (step.Run.Text, "remind", null, remind.Due, null),
            DueStep.Take take => (step.Run.Text, "take", take.Holder, take.Due, null),
            DueStep.Move move => (step.Run.Text, "move", move.Holder, move.Due, null),
            DueStep.Release release => (step.Run.Text, "release", release.Holder, release.Due, release.Entries),
            DueStep.Drop drop => (step.Run.Text, "drop", drop.Holder, null, null),
            DueStep.Forget => (step.Run.Text, "forget", null, null, null),
            _ => throw new ArgumentOutOfRangeException(nameof(step), step, "An unknown step."),
        };
}
