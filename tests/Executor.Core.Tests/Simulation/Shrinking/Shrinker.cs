using Executor.Core.Tests.Simulation.Checks;
using Executor.Core.Tests.Simulation.Engine;
using Executor.Core.Tests.Simulation.Programs;

namespace Executor.Core.Tests.Simulation.Shrinking;

/// <summary>Makes a find smaller while it keeps breaking the same invariant.</summary>
internal sealed class Shrinker
{
    private readonly int _mostPlays;
    private int _plays;
    private Found _best;

    private Shrinker(Found found, int mostPlays)
    {
        _best = found;
        _mostPlays = mostPlays;
    }

    public static Found Shrink(Found found, int mostPlays = 4_000)
    {
        var shrinker = new Shrinker(found, mostPlays);
        for (var round = 0; round < 4; round++)
        {
            var before = shrinker._best;
            shrinker.CutTail();
            shrinker.Flatten();
            shrinker.CalmProfile();
            if (found.Violation.Invariant != OrderOracle.Name)
            {
                // A thinner workflow may be one whose outcome depends on the order by right.
                shrinker.ThinWorkflow();
            }

            if (ReferenceEquals(before, shrinker._best))
            {
                break;
            }
        }

        return shrinker._best;
    }

    private bool Try(Scenario scenario, Profile profile, int[] choices)
    {
        if (_plays >= _mostPlays)
        {
            return false;
        }

        _plays++;
        var found = Found.Play(scenario, profile, _best.Build, choices);
        if (found?.Violation.Invariant != _best.Violation.Invariant)
        {
            return false;
        }

        _best = found;
        return true;
    }

    private bool Try(int[] choices) => Try(_best.Scenario, _best.Profile, choices);

    private void CutTail()
    {
        for (var cut = _best.Choices.Length; cut > 0; cut /= 2)
        {
            while (_best.Choices.Length >= cut && Try(_best.Choices[..^cut]))
            {
            }
        }
    }

    /// <summary>Zero is the dull choice: the first thing that would happen by itself.</summary>
    private void Flatten()
    {
        for (var size = Math.Max(1, _best.Choices.Length / 2); ; size /= 2)
        {
            for (var from = 0; from < _best.Choices.Length; from += size)
            {
                var to = Math.Min(from + size, _best.Choices.Length);
                if (_best.Choices.AsSpan(from, to - from).IndexOfAnyExcept(0) < 0)
                {
                    continue;
                }

                var without = (int[])[.. _best.Choices[..from], .. _best.Choices[to..]];
                var flat = (int[])_best.Choices.Clone();
                Array.Clear(flat, from, to - from);
                _ = Try(without) || Try(flat);
            }

            if (size <= 1)
            {
                return;
            }
        }
    }

    private void CalmProfile()
    {
        var choices = _best.Choices;
        for (var faults = 0; faults < _best.Profile.Faults; faults++)
        {
            if (Try(_best.Scenario, _best.Profile with { Faults = faults }, choices))
            {
                break;
            }
        }

        foreach (var kind in Enum.GetValues<FaultKind>())
        {
            TryProfile(profile => profile with { Kinds = profile.Kinds & ~(1L << (int)kind) });
        }

        TryProfile(profile => profile with { Nodes = 1 });
        TryProfile(profile => profile with { Workers = 1 });
        TryProfile(profile => profile with { WorkerSlots = 1 });
        TryProfile(profile => profile with { GroupCommit = 1 });
        TryProfile(profile => profile with { SendBatch = 1 });
        TryProfile(profile => profile with { Discipline = Discipline.First });
        TryProfile(profile => profile with { Passivates = false });
        TryProfile(profile => profile with { Cancels = false });
    }

    private void TryProfile(Func<Profile, Profile> change)
    {
        var changed = change(_best.Profile);
        if (changed != _best.Profile)
        {
            Try(_best.Scenario, changed, _best.Choices);
        }
    }

    private void ThinWorkflow()
    {
        for (var place = 0; ; place++)
        {
            var candidates = YamlCuts.At(_best.Scenario.Yaml, place);
            if (candidates is null)
            {
                return;
            }

            foreach (var yaml in candidates)
            {
                if (Read(yaml) is { } scenario && Try(scenario, _best.Profile, _best.Choices))
                {
                    place--;
                    break;
                }
            }
        }
    }

    private Scenario? Read(string yaml)
    {
        var (letters, isOrderFree) = (_best.Scenario.Script.Letters, _best.Scenario.IsOrderFree);
        var scenario = Scenario.TryRead(yaml, letters, isOrderFree, _best.Scenario.MostVisits);
        return _best.Scenario.Rerun is { } rerun ? scenario?.Again(rerun.Past) : scenario;
    }
}
