using System.Diagnostics;
using Executor.Core.Runs;
using Executor.Storage.Postgres;
using Npgsql;

namespace Executor.Benchmarks;

/// <summary>The guard in PostgreSQL: batches of several sizes, beside the server's own limit.</summary>
internal static class PostgresGuardBench
{
    private const string Variable = "EXECUTOR_TEST_POSTGRES";
    private const string Schema = "bench_guard";

    public static async Task<int> RunAsync()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } connection)
        {
            await Console.Error.WriteLineAsync(
                $"{Variable} is not set: 'tests/servers/postgres start DIR' starts a server and writes it to DIR/postgres.env.");
            return 2;
        }

        var options = new PostgresOptions { Connection = connection, Schema = Schema };
        await using var source = NpgsqlDataSource.Create(connection);
        await PostgresSchema.MigrateAsync(options, null, CancellationToken.None);
        foreach (var (clients, rows) in new[] { (1, 1), (8, 1), (1, 50), (1, 500), (4, 500) })
        {
            Print($"server alone, {clients} clients, {rows} rows a commit", await PostgresLimit.RowsPerSecondAsync(source, clients, rows), rows, null);
        }

        foreach (var (size, batches) in new[] { (1, 800), (50, 200), (500, 40) })
        {
            foreach (var callers in new[] { 1, 4 })
            {
                await RunAsync(options, callers, size, batches);
            }
        }

        await using var drop = source.CreateCommand($"DROP SCHEMA {Schema} CASCADE; DROP TABLE limit_row");
        await drop.ExecuteNonQueryAsync();
        return 0;
    }

    private static async Task RunAsync(PostgresOptions options, int callers, int size, int batches)
    {
        await using var stores = await PostgresStores.OpenAsync(options, CancellationToken.None);
        await SlotLives.LiveAsync(stores.Guard, new RunId($"warm-{size}-{callers}"), 10, size);
        var processor = Environment.CpuUsage.TotalTime;
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(
            () => SlotLives.LiveAsync(stores.Guard, new RunId($"run-{size}-{callers}-{caller}"), batches / callers, size))));
        clock.Stop();
        var operations = batches / callers * callers * size * SlotLives.Calls;
        Print(
            $"guard, {callers} callers, batches of {size}", operations / clock.Elapsed.TotalSeconds, size,
            (Environment.CpuUsage.TotalTime - processor) / operations);
    }

    private static void Print(string what, double rate, int size, TimeSpan? processor) => Console.WriteLine(
        $"{what,-44} {rate,10:N0} rows/s {rate / size,10:N0} commits/s"
        + (processor is { } each ? $" {each.TotalMicroseconds,8:N1} us of our processor each" : string.Empty));
}
