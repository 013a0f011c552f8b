using System.Globalization;
using Executor.Core.Tests.Simulation.Engine;
using Executor.Core.Tests.Simulation.Mutants;

namespace Executor.Core.Tests.Simulation.Campaigns;

/// <summary>The arguments after <c>simulate</c>.</summary>
internal sealed record SimulateOptions
{
    public const string Usage =
        "simulate [--runs N] [--seed S] [--variant seed|layer1|layer2|full|broken|mutants] [--mutant NAME] [--faults N]"
        + " [--threads T] [--seconds N] [--keep-going] [--trace]\n"
        + "  seed     decides by asking rows, as executors usually do\n"
        + "  layer1   the journal's fence without the guard; layer2 the guard without the fence\n"
        + "  broken   workflows with mistakes in them\n"
        + "  mutants  each planted fault for --seconds at most; from seed 1 a free search, else where it was found before";

    private static readonly string[] Variants = ["seed", "layer1", "layer2", "full", "broken", "mutants"];

    public long Runs { get; private set; } = 100_000;

    public ulong Seed { get; private set; } = 1;

    public string Variant { get; private set; } = "full";

    public Build Build { get; private set; } = Build.Full;

    public int? Faults { get; private set; }

    public int Threads { get; private set; } = 1;

    public int? Seconds { get; private set; }

    public bool ShowsTrace { get; private set; }

    public bool KeepsGoing { get; private set; }

    /// <returns>Null when the call is unusable.</returns>
    public static SimulateOptions? Read(IReadOnlyList<string> arguments)
    {
        var options = new SimulateOptions();
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

        return options;
    }

    private bool Take(string name, string value)
    {
        if (name == "--variant")
        {
            Variant = value;
            Build = value switch
            {
                "layer1" => Build.Layer1,
                "layer2" => Build.Layer2,
                _ => Build.Full,
            };
            return Variants.Contains(value);
        }

        if (name == "--mutant" && Mutant.All.Concat(Mutant.Survivors).FirstOrDefault(one => one.Name == value) is { } mutant)
        {
            Variant = value;
            Build = mutant.Build;
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
