using System.Collections.Immutable;
using Executor.Core.Rehearsing;
using Executor.Core.Tests.Simulation.Shrinking;
using Executor.Core.Values;

namespace Executor.Core.Tests.Reference;

/// <summary>Makes a trial smaller while it differs in the same kind of line.</summary>
internal sealed class TrialShrinker
{
    private readonly string _kind;
    private Trial _best;

    private TrialShrinker(Trial trial)
    {
        _best = trial;
        _kind = trial.Compare()!.Kind;
    }

    public static Trial Shrink(Trial trial)
    {
        var shrinker = new TrialShrinker(trial);
        Trial before;
        do
        {
            before = shrinker._best;
            shrinker.CutYaml();
            shrinker.CutLibrary();
            shrinker.CutScript();
        }
        while (before != shrinker._best);
        return shrinker._best;
    }

    private bool Try(Trial trial)
    {
        if (trial.Compare()?.Kind != _kind)
        {
            return false;
        }

        _best = trial;
        return true;
    }

    private bool Try(RehearsalScript script) => Try(_best with { Script = script });

    private void CutYaml()
    {
        for (var place = 0; YamlCuts.At(_best.Yaml, place) is { } smaller;)
        {
            if (!smaller.Any(yaml => Try(_best with { Yaml = yaml })))
            {
                place++;
            }
        }
    }

    private void CutLibrary()
    {
        foreach (var name in _best.Library.Keys.ToList())
        {
            if (Try(_best with { Library = _best.Library.Remove(name) }))
            {
                continue;
            }

            for (var place = 0; YamlCuts.At(_best.Library[name], place) is { } smaller;)
            {
                if (!smaller.Any(yaml => Try(_best with { Library = _best.Library.SetItem(name, yaml) })))
                {
                    place++;
                }
            }
        }
    }

    private void CutScript()
    {
        if (_best.Script.Order is not DeliveryOrder.Fifo)
        {
            _ = Try(_best.Script with { Order = new DeliveryOrder.Fifo() });
        }

        for (var place = _best.Script.Controls.Length - 1; place >= 0; place--)
        {
            Try(_best.Script with { Controls = _best.Script.Controls.RemoveAt(place) });
        }

        foreach (var (task, visits) in _best.Script.Tasks)
        {
            if (!Try(_best.Script with { Tasks = _best.Script.Tasks.Remove(task) }))
            {
                CutVisits(task, visits);
            }
        }

        if (_best.Script.Inputs.Count > 0)
        {
            Try(_best.Script with { Inputs = Value.Map.Empty });
        }

        if (_best.Script.Default != ScriptedOutcome.Succeeded)
        {
            Try(_best.Script with { Default = ScriptedOutcome.Succeeded });
        }
    }

    private void CutVisits(string task, ImmutableArray<ScriptedVisit> visits)
    {
        for (var place = visits.Length - 1; place >= 0; place--)
        {
            var visit = visits[place];
            var smaller = new List<ImmutableArray<ScriptedVisit>> { visits.RemoveAt(place) };
            if (!visit.Items.IsDefault)
            {
                smaller.AddRange(visit.Items.Select((_, item) =>
                    visits.SetItem(place, visit with { Items = visit.Items.RemoveAt(item) })));
                smaller.AddRange(visit.Items.SelectMany((attempts, item) => Smaller(attempts).Select(less =>
                    visits.SetItem(place, visit with { Items = visit.Items.SetItem(item, less) }))));
            }
            else
            {
                smaller.AddRange(Smaller(visit.Attempts).Select(less =>
                    visits.SetItem(place, visit with { Attempts = less })));
            }

            foreach (var less in smaller)
            {
                if (Try(_best.Script with { Tasks = _best.Script.Tasks.SetItem(task, less) }))
                {
                    visits = less;
                    break;
                }
            }
        }
    }

    private static IEnumerable<ScriptedAttempts> Smaller(ScriptedAttempts attempts)
    {
        if (attempts.Otherwise is not null)
        {
            yield return attempts with { Otherwise = null };
        }

        for (var place = attempts.Listed.Length - 1; place >= 0; place--)
        {
            yield return attempts with { Listed = attempts.Listed.RemoveAt(place) };
        }
    }
}
