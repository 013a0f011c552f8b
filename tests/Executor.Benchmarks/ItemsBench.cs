using System.Diagnostics;
using System.Globalization;
using Executor.Core.Runs;

namespace Executor.Benchmarks;

/// <summary>One run of many no-op items: whether the cost stays linear, and how far it is from what SQLite itself takes.</summary>
internal static class ItemsBench
{
    private const int Concurrency = 50;

    /// <param name="sizes">Items of each run, from 1; measured in this order after a warm-up.</param>
    public static async Task<int> RunAsync(IReadOnlyList<int> sizes)
    {
        var folder = Directory.CreateTempSubdirectory("executor-bench-").FullName;
        try
        {
            var single = SqliteLimit.RowsPerSecond(folder, 1);
            var batched = SqliteLimit.RowsPerSecond(folder, Concurrency);
            Print($"SQLite alone, FULL: {single:N0} commits/s of one row; {batched:N0} rows/s in commits of {Concurrency}");
            await using var engine = await EngineUnderTest.StartAsync(folder, Concurrency);
            await MeasureAsync(engine, 500);
            Print("| items | s | tasks/s | commits/s | tasks per commit | CPU ms per task | KB garbage per task |");
            Print("|---|---|---|---|---|---|---|");
            foreach (var size in sizes)
            {
                var (state, seconds, cpu, garbage) = await MeasureAsync(engine, size);
                if (state.Status != RunStatus.Completed)
                {
                    Print($"The run of {size} items ended {state.Status}.");
                    return 1;
                }

                Print(
                    $"| {size:N0} | {seconds:F2} | {size / seconds:N0} | {state.Entries / seconds:N0} "
                    + $"| {(double)size / state.Entries:F1} | {cpu / size:F3} | {garbage / 1024d / size:F1} |");
            }

            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<(RunState State, double Seconds, double CpuMs, long Garbage)> MeasureAsync(
        EngineUnderTest engine, int items)
    {
        using var process = Process.GetCurrentProcess();
        var cpu = process.TotalProcessorTime;
        var garbage = GC.GetTotalAllocatedBytes();
        var clock = Stopwatch.StartNew();
        var state = await engine.RunAsync($"items-{items}", $$$"""
            tasks:
              - name: each
                action: core.noop
                with_items: "{{ range({{{items}}}) }}"
                concurrency: {{{Concurrency}}}
            """);
        var seconds = clock.Elapsed.TotalSeconds;
        await engine.FlushAsync();
        process.Refresh();
        return (state, seconds, (process.TotalProcessorTime - cpu).TotalMilliseconds,
            GC.GetTotalAllocatedBytes() - garbage);
    }

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    private static void Print(string line) => Console.WriteLine(line);
}
