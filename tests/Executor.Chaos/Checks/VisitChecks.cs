using Executor.Chaos.Evidences;
using Executor.Core.Runs;

namespace Executor.Chaos.Checks;

/// <summary>Joins, what follows items, and the order of items.</summary>
internal static class VisitChecks
{
    public static IEnumerable<string> JoinsOnce(Evidence evidence)
    {
        foreach (var journal in evidence.Journals)
        {
            if (journal.OfType<RunEvent.RunStarted>().FirstOrDefault() is not { Workflow: var workflow })
            {
                continue;
            }

            var arrived = new Dictionary<(string, int), HashSet<string>>();
            var opened = new HashSet<(string, int)>();
            foreach (var (sequence, happened) in journal.Events)
            {
                if (happened is RunEvent.Arrived arrival)
                {
                    (arrived.TryGetValue((arrival.Task, arrival.Visit), out var from)
                        ? from
                        : arrived[(arrival.Task, arrival.Visit)] = []).Add(arrival.FromTask);
                }
                else if (happened is RunEvent.VisitOpened visit)
                {
                    if (!opened.Add((visit.Task, visit.Visit)))
                    {
                        yield return $"{journal.Run} {visit.Task}/{visit.Visit} opened again with entry {sequence}";
                    }

                    var needed = workflow.Graph.Find(visit.Task) is { Join: not null } join ? workflow.Graph.Needed(join) : 0;
                    var have = arrived.GetValueOrDefault((visit.Task, visit.Visit))?.Count ?? 0;
                    if (have < needed)
                    {
                        yield return $"{journal.Run} {visit.Task}/{visit.Visit} opened with {have} arrivals; it needs {needed}";
                    }
                }
            }
        }
    }

    public static IEnumerable<string> SuccessorsOnce(Evidence evidence)
    {
        foreach (var journal in evidence.Journals)
        {
            var events = journal.Events.ToList();
            // What stands inside a parallel task is reached before it ends.
            var parallel = journal.OfType<RunEvent.RunStarted>().SelectMany(started => started.Workflow.Tasks)
                .Where(task => task.IsParallel).Select(task => task.Name).ToHashSet();
            var withItems = events.Select(one => one.Event).OfType<RunEvent.VisitOpened>()
                .Where(opened => opened.Plan?.Items is { Count: > 0 } && !parallel.Contains(opened.Task));
            foreach (var items in withItems)
            {
                var last = Following(events, events.FindLastIndex(one => one.Event is RunEvent.ItemFinished { Slot: var slot }
                    && slot.Task == items.Task && slot.Visit == items.Visit));
                var arrivals = events.Where(one => one.Event is RunEvent.Arrived arrival
                    && arrival.FromTask == items.Task && arrival.FromVisit == items.Visit).ToList();
                foreach (var (sequence, happened) in arrivals)
                {
                    var arrival = (RunEvent.Arrived)happened;
                    if (sequence != last)
                    {
                        yield return $"{journal.Run} {items.Task}/{items.Visit}: {arrival.Task} was reached with entry {sequence}, the last item ended with {last}";
                    }

                    foreach (var problem in Starts(journal.Run, events, arrival, last))
                    {
                        yield return problem;
                    }
                }

                foreach (var twice in arrivals.GroupBy(one => ((RunEvent.Arrived)one.Event).Task).Where(same => same.Count() > 1))
                {
                    yield return $"{journal.Run} {items.Task}/{items.Visit} reached {twice.Key} {twice.Count()} times";
                }
            }
        }
    }

    public static IEnumerable<string> ItemsInOrder(Evidence evidence) =>
        from journal in evidence.Journals
        from visit in journal.OfType<RunEvent.Dispatched>()
            .Where(sent => sent.Slot is { Item: >= 0, Attempt: 1 })
            .GroupBy(sent => (sent.Slot.Task, sent.Slot.Visit), sent => sent.Slot.Item)
        let order = visit.ToList()
        where !order.SequenceEqual(order.Distinct().Order())
        select $"{journal.Run} {visit.Key.Task}/{visit.Key.Visit}: items were dispatched in the order {string.Join(", ", order)}";

    /// <returns>The entry that goes on from an end: its own, or, when the run was paused by then, that which resumes it.</returns>
    private static long Following(List<(long Sequence, RunEvent Event)> events, int end)
    {
        var isPaused = events.Take(end).Select(one => one.Event)
            .LastOrDefault(happened => happened is RunEvent.PauseRequested or RunEvent.RunResumed) is RunEvent.PauseRequested;
        var from = isPaused ? events.FindIndex(end, one => one.Event is RunEvent.RunResumed) : end;
        return from < 0 ? 0 : events[from].Sequence;
    }

    /// <summary>A successor that opens at once, without a delay, goes out in the entry of the last end, and once.</summary>
    private static IEnumerable<string> Starts(
        RunId run, List<(long Sequence, RunEvent Event)> events, RunEvent.Arrived arrival, long last)
    {
        var opening = events.Select(one => one.Event).OfType<RunEvent.VisitOpened>()
            .FirstOrDefault(opened => opened.Task == arrival.Task && opened.Visit == arrival.Visit);
        if (opening is not { Due: null, Plan: { Count: > 0, Items: null } } || opening.OpenedBy != arrival.FromTask)
        {
            yield break;
        }

        var first = events.Where(one => one.Event is RunEvent.Dispatched { Slot: { Attempt: 1 } slot }
            && slot.Task == arrival.Task && slot.Visit == arrival.Visit).Select(one => one.Sequence).ToList();
        if (first is not [var only] || only != last)
        {
            yield return $"{run} {arrival.Task}/{arrival.Visit} was dispatched with entries [{string.Join(", ", first)}]; the last item ended with {last}";
        }
    }
}
