using Executor.Core;
using Executor.Core.Runs;
using Npgsql;

namespace Executor.Storage.Postgres;

internal sealed class PostgresDueTimes(PostgresDatabase database) : IDueTimes
{
    private const string Set =
        """
        INSERT INTO due (run, due_at) SELECT * FROM unnest(@runs, @times)
        ON CONFLICT (run) DO UPDATE SET due_at = excluded.due_at
        """;

    private const string Remove =
        """
        WITH held AS (SELECT run FROM due WHERE run = ANY (@runs) ORDER BY run FOR UPDATE)
        DELETE FROM due USING held WHERE due.run = held.run
        """;

    /// <summary>The last time of a run counts; so each run stands in one of the two statements, once.</summary>
    public Task SetAsync(IReadOnlyList<(RunId Run, DateTimeOffset? Due)> batch, CancellationToken stop)
    {
        var last = new SortedDictionary<string, DateTimeOffset?>(StringComparer.Ordinal);
        foreach (var (run, due) in batch)
        {
            last[run.Text] = due;
        }

        var set = last.Where(time => time.Value is not null).ToList();
        var remove = last.Where(time => time.Value is null).ToList();
        return last.Count == 0 ? Task.CompletedTask : database.RunAsync(
            async connection =>
            {
                await using var commands = new NpgsqlBatch(connection);
                var first = new NpgsqlBatchCommand(Set);
                first.Parameters.Texts("runs", set, time => time.Key).Longs("times", set, time => Micros.Of(time.Value));
                var second = new NpgsqlBatchCommand(Remove);
                second.Parameters.Texts("runs", remove, time => time.Key);
                commands.BatchCommands.Add(first);
                commands.BatchCommands.Add(second);
                return await commands.ExecuteNonQueryAsync(stop);
            },
            stop);
    }

    public async Task<IReadOnlyList<RunId>> DueAsync(DateTimeOffset now, int limit, CancellationToken stop)
    {
        var runs = await database.QueryAsync<string>(DueTimes.Due, new { now = Micros.Of(now), limit }, stop);
        return [.. runs.Select(text => new RunId(text))];
    }
}
