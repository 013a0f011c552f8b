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

    // Shared by all databases.
    internal const string Due = "SELECT run FROM due WHERE due_at <= @now ORDER BY due_at, run LIMIT @limit";

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

    public async Task<IReadOnlyList<RunId>> DueAsync(DateTimeOffset now, int limit, CancellationToken stop)
    {
        var runs = await database.QueryAsync<string>(Due, new { now = Micros.Of(now), limit }, stop);
        return [.. runs.Select(text => new RunId(text))];
    }
}
