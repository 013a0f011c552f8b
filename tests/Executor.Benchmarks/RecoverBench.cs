using System.Diagnostics;
using System.Globalization;
using Executor.Core.Runs;
using Executor.Storage;
using Microsoft.Data.Sqlite;

namespace Executor.Benchmarks;

/// <summary>How long a run of many items takes to come back: by its whole journal, and by its last snapshot.</summary>
internal static class RecoverBench
{
    private const int Rounds = 3;
    private const int Concurrency = 50;

    public static async Task<int> RunAsync(int items)
    {
        var folder = Directory.CreateTempSubdirectory("executor-bench-").FullName;
        try
        {
            await using (var engine = await EngineUnderTest.StartAsync(folder, Concurrency))
            {
                await CompleteAsync(engine, 500);
                var ended = await CompleteAsync(engine, items);
                await engine.FlushAsync();
                Print($"{items:N0} items, {ended.Entries:N0} entries, status {ended.Status}");
            }

            foreach (var (entry, bytes) in Snapshots(folder, items))
            {
                Print($"snapshot of entry {entry:N0}: {bytes:N0} bytes packed");
            }

            var fromSnapshot = await BestAsync(folder, items);
            Execute(folder, "DELETE FROM snapshot");
            var fromJournal = await BestAsync(folder, items);
            Print($"| from | ms, best of {Rounds} |");
            Print($"|---|---|");
            Print($"| journal | {fromJournal:N0} |");
            Print($"| snapshot and tail | {fromSnapshot:N0} |");
            Print($"ratio {fromJournal / fromSnapshot:F1}");
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Each time in a fresh system, warmed by a small run.</summary>
    private static async Task<double> BestAsync(string folder, int items)
    {
        var best = double.MaxValue;
        for (var round = 0; round < Rounds; round++)
        {
            await using var engine = await EngineUnderTest.StartAsync(folder, Concurrency);
            await engine.StateAsync(new RunId(NameOf(500)));
            var clock = Stopwatch.StartNew();
            var state = await engine.StateAsync(new RunId(NameOf(items)));
            best = Math.Min(best, clock.Elapsed.TotalMilliseconds);
            if (!state.HasEnded)
            {
                throw new InvalidOperationException($"The run came back {state.Status}.");
            }
        }

        return best;
    }

    private static Task<RunState> CompleteAsync(EngineUnderTest engine, int items) => engine.RunAsync(NameOf(items), $$$"""
        tasks:
          - name: each
            action: core.noop
            with_items: "{{ range({{{items}}}) }}"
            concurrency: {{{Concurrency}}}
        """);

    private static string NameOf(int items) => $"items-{items.ToString(CultureInfo.InvariantCulture)}";

    private static List<(long Entry, long Bytes)> Snapshots(string folder, int items)
    {
        using var connection = Open(folder);
        using var command = connection.CreateCommand();
        command.CommandText =
            "SELECT sequence_number, length(snapshot) FROM snapshot WHERE persistence_id = 'run-' || @run";
        command.Parameters.AddWithValue("@run", NameOf(items));
        using var reader = command.ExecuteReader();
        var found = new List<(long, long)>();
        while (reader.Read())
        {
            found.Add((reader.GetInt64(0), reader.GetInt64(1)));
        }

        return found;
    }

    private static void Execute(string folder, string sql)
    {
        using var connection = Open(folder);
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static SqliteConnection Open(string folder)
    {
        var connection = new SqliteConnection($"Data Source={SqliteStores.JournalFile(folder)};Pooling=False");
        connection.Open();
        return connection;
    }

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
