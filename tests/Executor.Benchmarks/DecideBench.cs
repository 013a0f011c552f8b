using System.Diagnostics;
using System.Globalization;
using Executor.Core.Runs;
using Executor.Core.Values;
using Executor.Core.Workflows;

namespace Executor.Benchmarks;

/// <summary>The decider without actors and storage: completions per second at the begin and at the end of many items.</summary>
internal static class DecideBench
{
    private const int Items = 100_000;
    private const int Window = 1_000;
    private static readonly DateTimeOffset At = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static int Run()
    {
        var spec = WorkflowYaml.Read($$$"""
            tasks:
              - name: each
                action: core.noop
                with_items: "{{ range({{{Items}}}) }}"
                concurrency: 50
            """, "decide").Spec!;
        var state = RunState.Initial(new RunId("bench"));
        state = Take(state, new RunCommand.Start(spec, Value.Map.Empty, RunLimits.Default, null, At));
        Console.WriteLine("| item | us per completion | bytes per completion |");
        Console.WriteLine("|---|---|---|");
        for (var item = 0; item < Items; item++)
        {
            if (item % 20_000 == 1_000 || item == Items - Window - 100)
            {
                state = Measure(state, item);
                item += Window - 1;
                continue;
            }

            state = Finish(state, item);
        }

        return state.Status == RunStatus.Completed ? 0 : 1;
    }

    private static RunState Measure(RunState state, int first)
    {
        var garbage = GC.GetAllocatedBytesForCurrentThread();
        var clock = Stopwatch.StartNew();
        for (var item = first; item < first + Window; item++)
        {
            state = Finish(state, item);
        }

        var spent = clock.Elapsed.TotalMicroseconds / Window;
        var bytes = (GC.GetAllocatedBytesForCurrentThread() - garbage) / Window;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {first:N0} | {spent:F1} | {bytes:N0} |"));
        return state;
    }

    private static RunState Finish(RunState state, int item) => Take(state, new RunCommand.FinishItem(
        new Slot("each", 1, item, 1), new ItemOutcome(SlotStatus.Completed, Value.Null), At));

    private static RunState Take(RunState state, RunCommand command) =>
        state.Evolve(RunDecider.Decide(state, command).Events);
}
