using Npgsql;

namespace Executor.Benchmarks.Cluster;

/// <summary>Milliseconds that the rows of runs tell, in ascending order.</summary>
/// <param name="Runs">From a run's start to its end.</param>
/// <param name="Successors">
/// From the end of a task's last action, by the worker's clock, to the broker having confirmed the request of the next task,
/// by the database's clock: the same machine's.
/// </param>
internal sealed record Latencies(double[] Runs, double[] Successors)
{
    public static async Task<Latencies> ReadAsync(NpgsqlDataSource source, string[] runs) => new(
        await ReadAsync(source, runs, "SELECT ended_at - started_at FROM executor.run WHERE id = ANY (@runs)"),
        await ReadAsync(source, runs,
            """
            WITH step AS (
                SELECT e.run, e.task, max(e.ended_at) AS ended, min(g.sent_at) AS sent
                FROM executor.execution AS e JOIN executor.guard AS g USING (dispatch_id)
                WHERE e.run = ANY (@runs) GROUP BY e.run, e.task),
            gap AS (SELECT sent - lag(ended) OVER (PARTITION BY run ORDER BY task) AS micros FROM step)
            SELECT micros FROM gap WHERE micros IS NOT NULL
            """));

    /// <param name="part">0 to 1.</param>
    public static double Quantile(double[] sorted, double part) => sorted[(int)(part * (sorted.Length - 1))];

    private static async Task<double[]> ReadAsync(NpgsqlDataSource source, string[] runs, string sql)
    {
        await using var ask = source.CreateCommand(sql);
        ask.Parameters.AddWithValue("runs", runs);
        await using var reader = await ask.ExecuteReaderAsync();
        var values = new List<double>();
        while (await reader.ReadAsync())
        {
            values.Add(reader.GetInt64(0) / 1000d);
        }

        return [.. values.Order()];
    }
}
