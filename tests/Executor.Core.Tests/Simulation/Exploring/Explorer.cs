using Executor.Core.Tests.Simulation.Engine;
using Executor.Core.Tests.Simulation.Programs;

namespace Executor.Core.Tests.Simulation.Exploring;

/// <summary>
/// Plays every schedule of a tiny workflow that departs from the dullest one, in which the first thing that can happen
/// always happens, a given number of times; among the departures at most as many faults as the profile allows.
/// </summary>
/// <remarks>Choices are encoded as <see cref="World"/> reads them: what kind of step in five bits, which one above.</remarks>
internal sealed class Explorer(Scenario scenario, Profile profile, int length)
{
    private const int KindBits = 5;
    private const int Fault = 31;
    private const int Rare = 30;

    public long Runs { get; private set; }

    public Statistics Statistics { get; } = new();

    /// <summary>The first violation ends the search.</summary>
    public Violation? Violation { get; private set; }

    public static Profile ProfileOf(int faults, bool cancels, params FaultKind[] kinds) => new()
    {
        Faults = faults,
        Kinds = kinds.Aggregate(0L, (all, kind) => all | (1L << (int)kind)),
        WorkerSlots = 2,
        Cancels = cancels,
        FaultShare = 1,
        RareShare = 1,
    };

    public void Explore(int departures) => Explore(new int[length], 0, departures);

    private void Explore(int[] choices, int from, int departures)
    {
        var world = new World(scenario, profile, Build.Full, Schedule.Explored(choices));
        Violation ??= world.Play();
        Runs++;
        Statistics.Add(world.Statistics);
        var widths = world.Schedule.Widths;
        for (var step = from; step < widths.Count && departures > 0 && Violation is null; step++)
        {
            for (var move = 1; move < widths[step].Moves; move++)
            {
                Depart(choices, step, move << KindBits, departures);
            }

            for (var fault = 0; fault < widths[step].Faults; fault++)
            {
                Depart(choices, step, (fault << KindBits) | Fault, departures);
            }

            for (var rare = 0; rare < widths[step].Rare; rare++)
            {
                Depart(choices, step, (rare << KindBits) | Rare, departures);
            }
        }
    }

    private void Depart(int[] choices, int step, int choice, int departures)
    {
        if (Violation is null)
        {
            var other = (int[])choices.Clone();
            other[step] = choice;
            Explore(other, step + 1, departures - 1);
        }
    }
}
