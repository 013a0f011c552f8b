using Executor.Core;
using Executor.Core.Runs;
using Executor.Storage.Rows;
using Executor.Storage.Writing;

namespace Executor.Storage;

internal sealed class DueTimes(SqliteWriter writer, Database database) : IDueTimes
{
    private const string Read = "SELECT due_at, holder, entries FROM due WHERE run = @run";

    private const string Write =
        """
        INSERT INTO due (run, due_at, holder, entries) VALUES (@run, @due, @holder, @entries)
        ON CONFLICT (run) DO UPDATE SET due_at = excluded.due_at, holder = excluded.holder, entries = excluded.entries
        """;

    private const string Remove = "DELETE FROM due WHERE run = @run";

    // Shared by all databases.
    internal const string Due =
        """
        SELECT run, due_at AS due FROM due WHERE due_at <= @now AND (due_at, run) > (@after, @run)
        ORDER BY due_at, run LIMIT @limit
        """;

    public Task<IReadOnlyList<DueRow?>> StepAsync(IReadOnlyList<DueStep> batch, CancellationToken stop) =>
        writer.RunAsync<IReadOnlyList<DueRow?>>(session => [.. batch.Select(step => Step(session, step))], stop);

    public async Task<IReadOnlyList<DueRun>> DueAsync(
        DateTimeOffset now, DueRun? after, int limit, CancellationToken stop) =>
        [.. (await database.QueryAsync<DueLine>(Due, DueLine.Page(now, after, limit), stop)).Select(line => line.ToRun())];

    private static DueRow? Step(WriteSession session, DueStep step)
    {
        var before = session.Prepare(Read).Set("@run", step.Run.Text).All(
            row => new DueRow(
                Micros.ToTime(row.GetInt64(0)), row.IsDBNull(1) ? null : row.GetString(1), row.GetInt64(2)))
            .SingleOrDefault();
        var after = step.Apply(before);
        if (after is null)
        {
            session.Prepare(Remove).Set("@run", step.Run.Text).Execute();
        }
        else if (after != before)
        {
            session.Prepare(Write).Set("@run", step.Run.Text).Set("@due", Micros.Of(after.Due))
                .Set("@holder", after.Holder).Set("@entries", after.Entries).Execute();
        }

        return before;
    }
}
