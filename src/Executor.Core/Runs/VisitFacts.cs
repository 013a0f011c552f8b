using Executor.Core.Expressions;
using Executor.Core.Values;
using Executor.Core.Workflows;

namespace Executor.Core.Runs;

/// <summary>How visits begin and end.</summary>
internal static class VisitFacts
{
    public static RunState Opened(RunState run, RunEvent.VisitOpened opened)
    {
        var task = run.Graph!.Find(opened.Task)!;
        run = opened.Visit > run.Track(task).Visits.Count ? ArrivalFacts.Begin(run, task) : run;
        var round = run.Visit(opened.Task, opened.Visit)!;
        var opener = opened.OpenedBy is { } name ? run.Visit(name, opened.OpenedByVisit) : null;
        var plan = opened.Plan;
        var visit = round with
        {
            Status = opened.Due is null ? SlotStatus.Running : SlotStatus.Scheduled,
            OpenedAt = opened.At,
            Plan = plan,
            DelayedUntil = opened.Due,
            Scope = new FrozenScope(run.Variables, run.Results, SeenBy(run, task, opener), opened.At),
            Items = SparseVector<ItemState>.Empty.Sized(plan?.Count ?? 0),
            Counts = new ItemCounts(plan?.Count ?? 0),
        };
        var track = run.Track(task);
        run = task.Parent is null || opener is null ? run : Inside.Entered(run, opener, visit);
        return Put(run, visit) with
        {
            OpenedCount = run.OpenedCount + 1,
            OpenVisits = run.OpenVisits.Add(visit.Ordinal),
            WaitingRounds = run.WaitingRounds.Remove(visit.Ordinal),
            Tracks = run.Tracks.With(task.Order, track with { Open = track.Open + 1, Waiting = track.Waiting - 1 }),
            Dues = opened.Due is { } due ? run.Dues.Add(Delay(visit, due)) : run.Dues,
        };
    }

    public static RunState Kept(RunState run, RunEvent.VisitKept kept)
    {
        var visit = run.Visit(kept.Task, kept.Visit)!;
        var (items, counts) = (visit.Items, visit.Counts);
        foreach (var item in kept.Items)
        {
            items = items.With(Math.Max(item.Item, 0), item.ToState());
            counts = counts.Plus(item.Status, 1);
        }

        var isSomething = kept.Rest is not { } again || again.Length < visit.Planned;
        visit = visit with { IsKept = isSomething, Items = items, Counts = counts };
        // What began inside a parallel task has taken its place as it began.
        return Put(run, kept.Rest is { } rest ? visit with { Again = rest, Next = 0 }
            : visit.Task.IsParallel ? visit
            : visit with { Next = visit.Planned });
    }

    public static RunState DelayEnded(RunState run, RunEvent.DelayEnded ended) =>
        Undelayed(run, run.Visit(ended.Task, ended.Visit)!);

    public static RunState ItemsDropped(RunState run, RunEvent.ItemsDropped dropped)
    {
        var visit = run.Visit(dropped.Task, dropped.Visit)!;
        var counts = visit.Again is { } again && dropped.Status == SlotStatus.Skipped
            ? again.Skip(visit.Next).Aggregate(visit.Counts, (sum, place) => sum.Plus(visit.Items[place]?.Status ?? dropped.Status, 1))
            : visit.Counts.Plus(dropped.Status, visit.Planned - visit.Next);
        return Put(run, visit with { Counts = counts, Next = visit.Planned });
    }

    public static RunState Ended(RunState run, RunEvent.VisitEnded ended)
    {
        run = Undelayed(run, run.Visit(ended.Task, ended.Visit)!);
        var visit = run.Visit(ended.Task, ended.Visit)! with
        {
            Status = ended.Status,
            EndedAt = ended.At,
            Error = ended.Error,
            Code = ended.Code,
        };
        visit = visit with { Result = VisitResults.Of(visit) };
        var track = run.Track(visit.Task);
        var formerly = track.LastEnded;
        track = track with
        {
            Open = track.Open - 1,
            LastEnded = visit.Ordinal,
            LastStatus = ended.Status,
        };
        return Put(run, visit) with
        {
            OpenVisits = run.OpenVisits.Remove(visit.Ordinal),
            Tracks = run.Tracks.With(visit.Task.Order, track),
            Results = run.Results.With(visit.Task.Order, VisitResults.Outcome(visit)),
            Stale = formerly >= 0 && formerly != visit.Ordinal ? run.Stale.Add(formerly) : run.Stale,
        };
    }

    public static RunState Retried(RunState run, RunEvent.VisitRetried retried)
    {
        var visit = run.Visit(retried.Task, retried.Visit)!;
        var counts = visit.Counts;
        foreach (var item in retried.Items)
        {
            counts = counts.Plus(visit.Items[Math.Max(item, 0)]!.Status, -1);
        }

        var track = run.Track(visit.Task);
        visit = visit with
        {
            Status = SlotStatus.Running,
            EndedAt = null,
            Error = null,
            Code = null,
            Result = null,
            Counts = counts,
            Again = [.. retried.Items.Select(item => Math.Max(item, 0))],
            Next = 0,
            Retries = visit.Retries + 1,
        };
        return Put(run, visit) with
        {
            OpenVisits = run.OpenVisits.Add(visit.Ordinal),
            Tracks = run.Tracks.With(visit.Task.Order, track with { Open = track.Open + 1 }),
        };
    }

    /// <summary>
    /// Only the last visit of a task can be read; what earlier ones held would grow with every lap of a loop. They keep
    /// it to the end of the entry, because visits that they open there still look at it.
    /// </summary>
    public static RunState ForgetStale(RunState run)
    {
        foreach (var ordinal in run.Stale)
        {
            var visit = run.Visits[ordinal]!;
            run = visit.HasEnded
                ? Put(run, visit with { Items = EndsOnly(visit), Result = null, Scope = null })
                : run;
        }

        return run.Stale.IsEmpty ? run : run with { Stale = [] };
    }

    /// <summary>A late result may still ask how its attempt has ended; an item that is left out completed at once.</summary>
    private static SparseVector<ItemState> EndsOnly(TaskVisit visit)
    {
        var kept = SparseVector<ItemState>.Empty;
        for (var place = 0; place < visit.Counts.Total; place++)
        {
            if (visit.Items[place] is { Ends: { IsPlain: false } ends } item)
            {
                kept = kept.With(place, new ItemState(
                    false, item.Status, item.Attempt, item.Losses, Value.Null, null, null, ends));
            }
        }

        return kept;
    }

    public static RunState Put(RunState run, TaskVisit visit) =>
        run with { Visits = run.Visits.With(visit.Ordinal, visit) };

    /// <summary>Mostly the opener is the visit of its task that ended last, and one record serves all who look at it.</summary>
    private static Outcome? SeenBy(RunState run, TaskSpec task, TaskVisit? opener) =>
        opener is not null && task.Parent is null && run.Track(opener.Task).LastEnded == opener.Ordinal
            ? run.Results[opener.Task.Order]
            : Inside.SeenBy(task, opener);

    private static RunState Undelayed(RunState run, TaskVisit visit) => visit.DelayedUntil is not { } due
        ? run
        : Put(run, visit with { DelayedUntil = null, Status = SlotStatus.Running }) with
        {
            Dues = run.Dues.Remove(Delay(visit, due)),
        };

    private static DueTime Delay(TaskVisit visit, DateTimeOffset due) =>
        new(due, DueKind.Delay, new Slot(visit.Task.Name, visit.Number, Slot.NoItem, 1));
}
