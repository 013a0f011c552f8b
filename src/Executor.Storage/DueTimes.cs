using Dapper;
using Executor.Core;
using Executor.Core.Runs;
using Executor.Storage.Writing;

namespace Executor.Storage;

internal sealed class DueTimes(SqliteWriter writer, Database database) : IDueTimes
{
    private const string Set =
        """
        INSERT INTO due (run, due_at) VALUES (@run, @due)
        ON CONFLICT (run) DO UPDATE SET due_at = excluded.due_at
        """;

    private const string Remove = "DELETE FROM due WHERE run = @run";

    private const string Due = "SELECT run FROM due WHERE due_at <= @now ORDER BY due_at, run LIMIT @limit";

    public Task SetAsync(IReadOnlyList<(RunId Run, DateTimeOffset? Due)> batch, CancellationToken stop) =>
        writer.RunAsync(
            session =>
            {
                foreach (var (run, due) in batch)
                {
                    var statement = due is { } time
                        ? session.Prepare(Set).Set("@due", Micros.Of(time))
                        : session.Prepare(Remove);
                    statement.Set("@run", run.Text).Execute();
                }

                return batch.Count;
            },
            stop);

    public Task<IReadOnlyList<RunId>> DueAsync(DateTimeOffset now, int limit, CancellationToken stop) =>
        database.ReadAsync<IReadOnlyList<RunId>>(
            connection =>
            [
                .. connection.Query<string>(Due, new { now = Micros.Of(now), limit }).Select(text => new RunId(text)),
            ],
            stop);
}
