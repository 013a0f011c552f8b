using System.Diagnostics;
using Executor.Core.Tests.Simulation.Checks;
using Executor.Core.Tests.Simulation.Engine;
using Executor.Core.Tests.Simulation.Programs;
using Executor.Core.Tests.Simulation.Shrinking;

namespace Executor.Core.Tests.Simulation.Campaigns;

/// <summary>Many runs: for each definition many schedules, each run alone in one thread.</summary>
internal sealed class Campaign(Build build, ulong seed)
{
    public const int SchedulesPerDefinition = 64;

    /// <summary>As many more are those of a rerun, if there can be one.</summary>
    public const int RerunsPerDefinition = 8;

    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, long> _violations = [];
    private readonly SortedDictionary<string, long> _tolerated = [];
    private long _definition;
    private long _from;
    private Found? _first;

    public ulong Seed => seed;

    public Func<ulong, Scenario> Programs { get; init; } = Generator.Make;

    public int MostFaults { get; init; } = 6;

    public int Threads { get; init; } = 1;

    public long Runs { get; init; } = long.MaxValue;

    public TimeSpan Duration { get; init; } = TimeSpan.MaxValue;

    /// <summary>Number of the first definition: those before it are left out.</summary>
    public long From { get => _definition; init => _definition = value; }

    public bool StopsAtFirst { get; init; } = true;

    /// <summary>Number of the definition with the first violation.</summary>
    public long FoundIn { get; private set; }

    public CampaignResult Play()
    {
        var watch = Stopwatch.StartNew();
        _from = _definition;
        var parts = new Statistics[Threads];
        var threads = Enumerable.Range(0, Threads)
            .Select(number => new Thread(() => parts[number] = Play(watch), 16 * 1024 * 1024))
            .ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        var all = new Statistics();
        foreach (var part in parts)
        {
            all.Add(part);
        }

        return new CampaignResult(all, _violations, _tolerated, _first, watch.Elapsed);
    }

    private Statistics Play(Stopwatch watch)
    {
        var statistics = new Statistics();
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        while (watch.Elapsed < Duration && !(StopsAtFirst && _first is not null))
        {
            var definition = Interlocked.Increment(ref _definition) - 1;
            var before = (definition - _from) * SchedulesPerDefinition;
            if (before >= Runs)
            {
                break;
            }

            var dice = new Dice(unchecked(seed * 1_000_003UL + (ulong)definition));
            var scenario = Programs(dice.Next());
            var count = (int)Math.Min(SchedulesPerDefinition, Runs - before);
            Play(scenario, dice, count, statistics, definition);
            if (count == SchedulesPerDefinition && Rerun(scenario, definition) is { } again)
            {
                Play(again, dice, RerunsPerDefinition, statistics, definition);
            }
        }

        statistics.Allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        return statistics;
    }

    private void Play(Scenario scenario, Dice dice, int schedules, Statistics statistics, long definition)
    {
        var oracle = new OrderOracle(scenario, build);
        for (var run = 0; run < schedules && !(StopsAtFirst && _first is not null); run++)
        {
            Play(scenario, dice, oracle, statistics, definition);
        }
    }

    private Scenario? Rerun(Scenario scenario, long definition)
    {
        var dice = new Dice(unchecked((seed * 7_368_787UL) + (ulong)definition));
        return build.Watched is null && Past.Draw(scenario, dice) is { } past ? scenario.Again(past) : null;
    }

    private void Play(Scenario scenario, Dice dice, OrderOracle oracle, Statistics statistics, long definition)
    {
        var profile = Profile.Draw(dice, MostFaults);
        var world = new World(scenario, profile, build, Schedule.Thrown(dice.Next(), profile.Length));
        var violation = world.Play() ?? oracle.Compare(world);
        statistics.Add(world.Statistics);
        if (violation is null && world.Checks.Tolerated.Count == 0)
        {
            return;
        }

        lock (_lock)
        {
            foreach (var invariant in world.Checks.Tolerated)
            {
                _tolerated[invariant] = _tolerated.GetValueOrDefault(invariant) + 1;
            }

            if (violation is null)
            {
                return;
            }

            _violations[violation.Invariant] = _violations.GetValueOrDefault(violation.Invariant) + 1;
            FoundIn = _first is null ? definition : FoundIn;
            _first ??= new Found(scenario, profile, build, world.Schedule.Taken, violation);
        }
    }
}

/// <param name="Violations">Runs by the invariant that they broke.</param>
/// <param name="Tolerated">Runs by the invariants that they broke and that were not watched.</param>
internal sealed record CampaignResult(
    Statistics Statistics, IReadOnlyDictionary<string, long> Violations, IReadOnlyDictionary<string, long> Tolerated,
    Found? First, TimeSpan Elapsed)
{
    public double Rate => Statistics.Runs / Elapsed.TotalSeconds;

    public long AllViolations => Violations.Values.Sum();
}
