using System.Diagnostics;
using System.Globalization;
using Executor.Core.Runs;
using Executor.Storage;

namespace Executor.Benchmarks;

/// <summary>The guard alone: the four calls in the life of a slot, in batches, beside SQLite's own limit.</summary>
internal static class GuardBench
{
    private const int Batch = 50;
    private const int Batches = 400;

    public static async Task<int> RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("executor-bench-").FullName;
        Print($"SQLite alone, {Batch} rows a commit", SqliteLimit.RowsPerSecond(folder, Batch), null);
        foreach (var callers in new[] { 1, 4, 16 })
        {
            await RunAsync(Path.Combine(folder, callers.ToString(CultureInfo.InvariantCulture)), callers);
        }

        Directory.Delete(folder, recursive: true);
        return 0;
    }

    private static async Task RunAsync(string folder, int callers)
    {
        await using var stores = await SqliteStores.OpenAsync(folder);
        await SlotLives.LiveAsync(stores.Guard, new RunId("warm-up"), 5, Batch);
        var processor = Environment.CpuUsage.TotalTime;
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(
            () => SlotLives.LiveAsync(stores.Guard, new RunId($"run-{caller}"), Batches / callers, Batch))));
        clock.Stop();
        var operations = Batches / callers * callers * Batch * SlotLives.Calls;
        Print(
            $"guard, {callers} callers, batches of {Batch}",
            operations / clock.Elapsed.TotalSeconds,
            (Environment.CpuUsage.TotalTime - processor) / operations);
    }

    private static void Print(string what, double rate, TimeSpan? processor) => Console.WriteLine(
        $"{what,-36} {rate,10:N0} rows/s"
        + (processor is { } each ? $" {each.TotalMicroseconds,8:N1} us of processor each" : string.Empty));
}
