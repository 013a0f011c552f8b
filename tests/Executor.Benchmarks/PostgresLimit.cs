using System.Diagnostics;
using Npgsql;

namespace Executor.Benchmarks;

/// <summary>What PostgreSQL itself takes here: the bar to which the stores' own figures are compared, in the same run.</summary>
internal static class PostgresLimit
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(3);

    /// <summary>Rows per second of about 300 bytes with a unique name, each statement a commit of its own.</summary>
    /// <param name="rows">Of each statement, from 1.</param>
    public static async Task<double> RowsPerSecondAsync(NpgsqlDataSource source, int clients, int rows)
    {
        await using (var make = source.CreateCommand(
            "DROP TABLE IF EXISTS limit_row; CREATE TABLE limit_row (name TEXT PRIMARY KEY, body BYTEA NOT NULL)"))
        {
            await make.ExecuteNonQueryAsync();
        }

        var clock = Stopwatch.StartNew();
        var counts = await Task.WhenAll(Enumerable.Range(0, clients).Select(_ => Task.Run(async () =>
        {
            var body = new byte[250];
            var written = 0L;
            await using var connection = await source.OpenConnectionAsync();
            await using var insert = new NpgsqlCommand(
                "INSERT INTO limit_row SELECT name, @body FROM unnest(@names) AS name", connection);
            insert.Parameters.Add(new NpgsqlParameter<byte[]>("body", body));
            var names = new NpgsqlParameter<string[]>("names", []);
            insert.Parameters.Add(names);
            while (clock.Elapsed < Window)
            {
                names.TypedValue = [.. Enumerable.Range(0, rows).Select(_ => Guid.NewGuid().ToString("N"))];
                written += await insert.ExecuteNonQueryAsync();
            }

            return written;
        })));
        return counts.Sum() / clock.Elapsed.TotalSeconds;
    }
}
