using Npgsql;

namespace Executor.Benchmarks.Cluster;

/// <summary>What the database counts of itself.</summary>
internal static class DatabaseCounts
{
    /// <summary>Commits since its start; sessions report theirs within ten seconds.</summary>
    public static Task<long> CommitsAsync(NpgsqlDataSource source) => NumberAsync(
        source, "SELECT xact_commit FROM pg_stat_database WHERE datname = current_database()");

    /// <summary>Times that its journal was flushed to the disk.</summary>
    public static Task<long> FlushesAsync(NpgsqlDataSource source) => NumberAsync(source, "SELECT wal_sync FROM pg_stat_wal");

    public static Task ForgetStatementsAsync(NpgsqlDataSource source) =>
        NumberAsync(source, "SELECT 1::BIGINT FROM pg_stat_statements_reset()");

    /// <returns>The statements that took longest in all, longest first.</returns>
    public static async Task<IReadOnlyList<StatementCount>> StatementsAsync(NpgsqlDataSource source, int most)
    {
        await using var ask = source.CreateCommand(
            """
            SELECT regexp_replace(left(query, 110), '\s+', ' ', 'g'), calls, rows, total_exec_time FROM pg_stat_statements
            ORDER BY total_exec_time DESC LIMIT @most
            """);
        ask.Parameters.AddWithValue("most", most);
        await using var reader = await ask.ExecuteReaderAsync();
        var statements = new List<StatementCount>();
        while (await reader.ReadAsync())
        {
            statements.Add(new StatementCount(
                reader.GetString(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetDouble(3)));
        }

        return statements;
    }

    private static async Task<long> NumberAsync(NpgsqlDataSource source, string sql)
    {
        await using var ask = source.CreateCommand(sql);
        return (long)(await ask.ExecuteScalarAsync())!;
    }
}

/// <param name="Milliseconds">Of all calls, waiting for locks and disk included, without the commit's flush.</param>
internal sealed record StatementCount(string Text, long Calls, long Rows, double Milliseconds);
