using System.Diagnostics;
using System.Globalization;
using Executor.Core.Tests.Simulation.Engine;

namespace Executor.Core.Tests.Reference;

/// <summary><c>differential [--runs N] [--seed S] [--keep-going]</c></summary>
internal static class DifferentialCommand
{
    private const string Usage = "differential [--runs N] [--seed S] [--keep-going]";

    /// <returns>0 no difference, 1 differences, 2 unusable call.</returns>
    public static int Run(IReadOnlyList<string> arguments, TextWriter output)
    {
        var runs = 100_000L;
        var seed = 1UL;
        var keepsGoing = false;
        for (var place = 1; place < arguments.Count; place++)
        {
            var number = 0UL;
            var hasNumber = place + 1 < arguments.Count
                && ulong.TryParse(arguments[place + 1], NumberStyles.None, CultureInfo.InvariantCulture, out number);
            switch (arguments[place])
            {
                case "--keep-going":
                    keepsGoing = true;
                    break;
                case "--runs" when hasNumber && number <= long.MaxValue:
                    runs = (long)number;
                    place++;
                    break;
                case "--seed" when hasNumber:
                    seed = number;
                    place++;
                    break;
                default:
                    output.WriteLine(Usage);
                    return 2;
            }
        }

        return Run(runs, seed, keepsGoing, output);
    }

    private static int Run(long runs, ulong seed, bool keepsGoing, TextWriter output)
    {
        var clock = Stopwatch.StartNew();
        var dice = new Dice(seed);
        var kinds = new SortedDictionary<string, long>(StringComparer.Ordinal);
        var seen = new SortedDictionary<string, long>(StringComparer.Ordinal);
        var made = 0L;
        for (; made < runs && (keepsGoing || kinds.Count == 0); made++)
        {
            var trial = TrialMaker.Make(dice.Next());
            if (trial.Compare(seen) is not { } difference)
            {
                continue;
            }

            kinds[difference.Kind] = kinds.GetValueOrDefault(difference.Kind) + 1;
            if (kinds[difference.Kind] == 1)
            {
                var least = TrialShrinker.Shrink(trial);
                output.WriteLine($"{least}\n{least.Compare()}\n");
            }
        }

        output.WriteLine($"seed {seed}: {made} comparisons, {made / clock.Elapsed.TotalSeconds:N0}/s, {kinds.Values.Sum()} differ");
        foreach (var (what, count) in seen)
        {
            output.WriteLine($"  {what,-32} {count}");
        }

        foreach (var (kind, count) in kinds)
        {
            output.WriteLine($"  DIFFERENT {kind} {count}");
        }

        return kinds.Count == 0 ? 0 : 1;
    }
}
