using System.Globalization;
using Executor.Core.Tests.Simulation.Classic;
using Executor.Core.Tests.Simulation.Engine;
using Executor.Core.Tests.Simulation.Mutants;
using Executor.Core.Tests.Simulation.Shrinking;

namespace Executor.Core.Tests.Simulation.Campaigns;

/// <summary>
/// <c>simulate --runs N --seed S [--variant seed|layer1|layer2|full] [--faults N] [--threads T] [--seconds N] [--keep-going] [--trace]</c>
/// </summary>
internal static class SimulateCommand
{
    private const string Usage =
        "simulate [--runs N] [--seed S] [--variant seed|layer1|layer2|full] [--faults N] [--threads T] [--seconds N] [--keep-going] [--trace]";

    /// <returns>0 no violation, 1 violations, 2 unusable call.</returns>
    public static int Run(IReadOnlyList<string> arguments, TextWriter output)
    {
        if (Options.Read(arguments) is not { } options)
        {
            output.WriteLine(Usage);
            return 2;
        }

        return options.Variant == "seed" ? Classic(options, output) : Engine(options, output);
    }

    private static int Classic(Options options, TextWriter output)
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

    private static int Engine(Options options, TextWriter output)
    {
        var build = options.Variant switch
        {
            "layer1" => Build.Layer1,
            "layer2" => Build.Layer2,
            "full" => Build.Full,
            var name => Mutant.All.Single(mutant => mutant.Name == name).Build,
        };
        var campaign = new Campaign(build, options.Seed)
        {
            Runs = options.Runs,
            Duration = options.Seconds is { } seconds ? TimeSpan.FromSeconds(seconds) : TimeSpan.MaxValue,
            Threads = options.Threads,
            MostFaults = options.Faults ?? 6,
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

        return result.AllViolations > 0 ? 1 : 0;
    }

    private static void Print(Options options, CampaignResult result, TextWriter output)
    {
        var statistics = result.Statistics;
        output.WriteLine($"variant     {options.Variant}, seed {options.Seed}, {options.Faults ?? 6} faults at most, {options.Threads} threads");
        output.WriteLine($"runs        {statistics.Runs}, {result.Rate:N0} runs/s, {result.Elapsed.TotalSeconds:N1} s");
        output.WriteLine($"steps       {statistics.Steps}, entries {statistics.Entries}, slots {statistics.Slots}");
        output.WriteLine($"allocated   {statistics.Allocated / Math.Max(1, statistics.Runs) / 1024} KiB a run");
        output.WriteLine($"layers      {statistics.Fenced} entries fenced, {statistics.Conflicts} rows in conflict");
        output.WriteLine($"faults      {statistics.AllFaults}");
        foreach (var kind in Enum.GetValues<FaultKind>())
        {
            var count = statistics.Faults[(int)kind];
            output.WriteLine($"  {kind,-18} {(count == 0 ? "NEVER" : count.ToString(CultureInfo.InvariantCulture))}");
        }

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

    private sealed record Options
    {
        public long Runs { get; private set; } = 100_000;

        public ulong Seed { get; private set; } = 1;

        public string Variant { get; private set; } = "full";

        public int? Faults { get; private set; }

        public int Threads { get; private set; } = 1;

        public int? Seconds { get; private set; }

        public bool ShowsTrace { get; private set; }

        public bool KeepsGoing { get; private set; }

        /// <returns>Null when the call is unusable.</returns>
        public static Options? Read(IReadOnlyList<string> arguments)
        {
            var options = new Options();
            for (var place = 1; place < arguments.Count; place++)
            {
                if (arguments[place] == "--trace")
                {
                    options.ShowsTrace = true;
                }
                else if (arguments[place] == "--keep-going")
                {
                    options.KeepsGoing = true;
                }
                else if (place + 1 >= arguments.Count || !options.Take(arguments[place], arguments[++place]))
                {
                    return null;
                }
            }

            return options.Variant is "seed" or "layer1" or "layer2" or "full" || Mutant.All.Any(mutant => mutant.Name == options.Variant)
                ? options
                : null;
        }

        private bool Take(string name, string value)
        {
            if (name == "--variant")
            {
                Variant = value;
                return true;
            }

            if (!long.TryParse(value, CultureInfo.InvariantCulture, out var number) || number < 0)
            {
                return false;
            }

            switch (name)
            {
                case "--runs":
                    Runs = number;
                    return true;
                case "--seed":
                    Seed = (ulong)number;
                    return true;
                case "--faults":
                    Faults = (int)number;
                    return true;
                case "--threads":
                    Threads = (int)Math.Max(1, number);
                    return true;
                case "--seconds":
                    Seconds = (int)number;
                    return true;
                default:
                    return false;
            }
        }
    }
}
