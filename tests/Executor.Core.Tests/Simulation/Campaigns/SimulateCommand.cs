using Executor.Core.Tests.Simulation.Classic;
using Executor.Core.Tests.Simulation.Mutants;
using Executor.Core.Tests.Simulation.Programs;
using Executor.Core.Tests.Simulation.Shrinking;

namespace Executor.Core.Tests.Simulation.Campaigns;

/// <summary>The simulator by itself; see <see cref="SimulateOptions.Usage"/>.</summary>
internal static class SimulateCommand
{
    /// <returns>0 no violation, 1 violations, 2 unusable call.</returns>
    public static int Run(IReadOnlyList<string> arguments, TextWriter output)
    {
        if (SimulateOptions.Read(arguments) is not { } options)
        {
            output.WriteLine(SimulateOptions.Usage);
            return 2;
        }

        return options.Variant switch
        {
            "seed" => Classic(options, output),
            "mutants" => Mutants(options, output),
            _ => Engine(options, output),
        };
    }

    private static int Classic(SimulateOptions options, TextWriter output)
    {
        var result = ClassicCampaign.Play(options.Seed, options.Runs, options.Faults ?? 0);
        output.WriteLine($"variant     seed (decides by asking the rows), {options.Faults ?? 0} faults at most");
        output.WriteLine($"runs        {result.Runs}, steps {result.Steps}, {result.Runs / result.Elapsed.TotalSeconds:N0} runs/s");
        output.WriteLine($"violations  {result.Twice} ran twice, {result.Never} never ran: {100.0 * result.Violations / result.Runs:N1} %");
        if (result.Shortest is { } shortest)
        {
            output.WriteLine($"shortest    {shortest.Count} steps");
            shortest.ForEach(output.WriteLine);
        }

        return result.Violations > 0 ? 1 : 0;
    }

    private static int Engine(SimulateOptions options, TextWriter output)
    {
        var campaign = new Campaign(options.Build, options.Seed)
        {
            Runs = options.Runs,
            Duration = options.Seconds is { } seconds ? TimeSpan.FromSeconds(seconds) : TimeSpan.MaxValue,
            Threads = options.Threads,
            MostFaults = options.Faults ?? 6,
            Programs = options.Variant == "broken" ? Mutilator.MakeReadable : Generator.Make,
            StopsAtFirst = !options.KeepsGoing && options.Variant is not ("layer1" or "layer2"),
        };
        var result = campaign.Play();
        Print(options, result, output);
        if (result.First is { } first)
        {
            var found = Shrinker.Shrink(first);
            var regression = RegressionCase.Of(found, $"Seed_{options.Seed}");
            output.WriteLine($"\n{found.Violation.Invariant}: {found.Violation.Message}");
            output.WriteLine($"\n{found.Scenario.Yaml}\n{found.Profile}\n{string.Join(", ", found.Choices)}\n");
            output.WriteLine(found.Tell());
            if (options.ShowsTrace)
            {
                output.WriteLine($"\n{regression.ToTest()}\n{regression.ToJson()}");
            }
        }

        var covers = options.Variant != "full" || Coverage.IsFull(result.Statistics);
        return result.AllViolations > 0 || !covers ? 1 : 0;
    }

    private static int Mutants(SimulateOptions options, TextWriter output)
    {
        var missed = 0;
        foreach (var mutant in Mutant.All)
        {
            var campaign = new Campaign(mutant.Build, Finds.Seed)
            {
                Duration = TimeSpan.FromSeconds(options.Seconds ?? 60),
                From = options.Seed == 1 ? 0 : Finds.Definition(mutant.Name),
            };
            var result = campaign.Play();
            missed += result.First is null ? 1 : 0;
            output.WriteLine($"{mutant.Name,-28} {result.First?.Violation.Invariant ?? "SURVIVES",-8} "
                + $"definition {campaign.FoundIn}, {result.Statistics.Runs} runs, {result.Elapsed.TotalSeconds:N2} s");
        }

        return missed > 0 ? 1 : 0;
    }

    private static void Print(SimulateOptions options, CampaignResult result, TextWriter output)
    {
        var statistics = result.Statistics;
        output.WriteLine($"variant     {options.Variant}, seed {options.Seed}, {options.Faults ?? 6} faults at most, {options.Threads} threads");
        output.WriteLine($"runs        {statistics.Runs}, {result.Rate:N0} runs/s, {result.Elapsed.TotalSeconds:N1} s");
        output.WriteLine($"steps       {statistics.Steps}, entries {statistics.Entries}, slots {statistics.Slots}");
        output.WriteLine($"allocated   {statistics.Allocated / Math.Max(1, statistics.Runs) / 1024} KiB a run");
        output.WriteLine($"layers      {statistics.Fenced} entries fenced, {statistics.Conflicts} rows in conflict");
        output.WriteLine($"faults      {statistics.AllFaults}");
        Coverage.Print(statistics, output);
        output.WriteLine($"violations  {result.AllViolations}");
        PrintShares(result.Violations, statistics.Runs, output);
        if (result.Tolerated.Count > 0)
        {
            output.WriteLine("not watched in this variant");
            PrintShares(result.Tolerated, statistics.Runs, output);
        }
    }

    private static void PrintShares(IReadOnlyDictionary<string, long> counts, long runs, TextWriter output)
    {
        foreach (var (invariant, count) in counts)
        {
            output.WriteLine($"  {invariant,-6} {count} ({100.0 * count / runs:N2} %)");
        }
    }
}
