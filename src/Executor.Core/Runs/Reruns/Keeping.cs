using System.Collections.Immutable;
using Executor.Core.Values;

namespace Executor.Core.Runs.Reruns;

/// <summary>
/// Goes through a journal once more and takes what is kept: who came from where, what opened with what, how it ended
/// and what that published, each in its place, so that whoever reads it knows what was known then.
/// </summary>
internal sealed class Keeping(RunId origin, RerunScope scope)
{
    private readonly ImmutableArray<RunEvent>.Builder _kept = ImmutableArray.CreateBuilder<RunEvent>();
    private readonly Dictionary<int, ImmutableArray<int>> _repeated = [];
    private readonly SortedDictionary<int, RunEvent.VisitKept> _parts = [];
    private RunState _run = RunState.Initial(origin);
    private Value.Map _variables = Value.Map.Empty;

    public static RerunPlan Of(RunId origin, RerunScope scope, IEnumerable<ImmutableArray<RunEvent>> journal)
    {
        var keeping = new Keeping(origin, scope);
        foreach (var entry in journal)
        {
            foreach (var happened in entry)
            {
                keeping._run = keeping._run.Evolve(happened);
                keeping.Read(happened);
            }

            keeping._run = keeping._run.EndEntry();
        }

        return new RerunPlan(keeping._variables, [.. keeping._kept, .. keeping._parts.Values]);
    }

    private void Read(RunEvent happened)
    {
        switch (happened)
        {
            case RunEvent.RunStarted started:
                _variables = started.Variables;
                break;
            case RunEvent.Arrived arrived:
                Arrive(arrived);
                break;
            case RunEvent.VisitOpened opened when scope.IsThere(Ordinal(opened.Task, opened.Visit)):
                _kept.Add(opened with { Due = null });
                break;
            case RunEvent.VisitEnded ended:
                End(_run.Visit(ended.Task, ended.Visit)!, ended);
                break;
            case RunEvent.VisitRetried retried when scope.IsKept(Ordinal(retried.Task, retried.Visit)):
                _repeated[Ordinal(retried.Task, retried.Visit)] = retried.Items;
                _kept.Add(retried);
                break;
            case RunEvent.InnerEnded ended when scope.IsKept(Ordinal(ended.Inner, ended.InnerVisit)):
                _kept.Add(ended);
                break;
            case RunEvent.TransitionFired fired when scope.IsKept(Ordinal(fired.Task, fired.Visit)):
                _kept.Add(fired);
                break;
            case RunEvent.ConditionFailed failed when scope.IsKept(Ordinal(failed.Task, failed.Visit)):
                _kept.Add(failed);
                break;
            case RunEvent.ProblemFound { Visit: > 0, Problem.Task: { } task } found when scope.IsKept(Ordinal(task, found.Visit)):
                _kept.Add(found);
                break;
            default:
                break;
        }
    }

    /// <summary>A visit that goes on leads on anew; only what began inside of it began with it.</summary>
    private void Arrive(RunEvent.Arrived arrived)
    {
        var from = Ordinal(arrived.FromTask, arrived.FromVisit);
        var to = _run.Visit(arrived.Task, arrived.Visit)!;
        if (to.Task.Parent is not null)
        {
            if (scope.IsThere(to.Ordinal))
            {
                _kept.Add(arrived);
            }
        }
        else if (scope.IsKept(from))
        {
            _kept.Add(scope.IsThere(to.Ordinal) ? arrived : arrived with { Visit = 0 });
        }
    }

    private void End(TaskVisit visit, RunEvent.VisitEnded ended)
    {
        if (scope.GoesOn(visit.Ordinal))
        {
            _parts[visit.Ordinal] = Part(visit);
        }
        else if (scope.IsKept(visit.Ordinal))
        {
            Whole(visit);
            _kept.Add(ended);
        }
    }

    private void Whole(TaskVisit visit)
    {
        var isFirst = !_repeated.TryGetValue(visit.Ordinal, out var repeated);
        var places = visit.Task.IsParallel ? [] : isFirst ? Places(visit) : repeated.Select(item => Math.Max(item, 0));
        var (ended, unstarted) = Split(visit, places, item => item is not null);
        _kept.Add(new RunEvent.VisitKept(visit.Task.Name, visit.Number, ended, unstarted));
        if (unstarted is not null)
        {
            _kept.Add(new RunEvent.ItemsDropped(visit.Task.Name, visit.Number, SlotStatus.Skipped));
        }
    }

    private RunEvent.VisitKept Part(TaskVisit visit)
    {
        if (!visit.Task.IsParallel)
        {
            var (done, rest) = Split(visit, Places(visit), item => item is { Status: SlotStatus.Completed });
            return new RunEvent.VisitKept(visit.Task.Name, visit.Number, done, rest);
        }

        ImmutableArray<int> missing = [.. Places(visit).Where(place => !IsInside(visit, place))];
        return new RunEvent.VisitKept(visit.Task.Name, visit.Number, [], missing.IsEmpty ? null : missing);
    }

    private bool IsInside(TaskVisit around, int place) =>
        around.Items[place] is { } item && scope.IsThere(Ordinal(around.Task.Inside[place], item.Attempt));

    private static (ImmutableArray<KeptItem> Kept, ImmutableArray<int>? Others) Split(
        TaskVisit visit, IEnumerable<int> places, Func<ItemState?, bool> isKept)
    {
        var kept = ImmutableArray.CreateBuilder<KeptItem>();
        var rest = ImmutableArray.CreateBuilder<int>();
        foreach (var place in places)
        {
            if (isKept(visit.Items[place]))
            {
                kept.Add(KeptItem.Of(visit.SlotOf(place, 1).Item, visit.Items[place]!));
            }
            else
            {
                rest.Add(place);
            }
        }

        return (kept.DrainToImmutable(), rest.Count == 0 ? null : rest.DrainToImmutable());
    }

    private static IEnumerable<int> Places(TaskVisit visit) => Enumerable.Range(0, visit.Plan?.Count ?? 0);

    private int Ordinal(string task, int visit) => _run.Visit(task, visit)!.Ordinal;
}
