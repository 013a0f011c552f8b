using Executor.Core.Workflows;

namespace Executor.Core.Runs;

/// <summary>
/// Where an arrival goes: to the earliest visit that lacks it and is not in its own past, or to a new one.
/// </summary>
internal static class Joins
{
    public static void Arrive(Draft draft, TaskVisit from, TaskSpec target)
    {
        if (draft.Run.IsFailing || !draft.FirstWay(from, target.Name))
        {
            return;
        }

        var number = NumberFor(draft.Run, draft.Run.Visits[from.Ordinal]!, target);
        draft.Add(new RunEvent.Arrived(target.Name, number, from.Task.Name, from.Number));
        var visit = draft.Run.Visit(target.Name, number)!;
        if (visit.Status == SlotStatus.Requested && visit.Sources.Length >= draft.Run.Graph!.Needed(target))
        {
            Opening.Open(draft, target, number, from);
        }
    }

    /// <summary>Which visit of the target an arrival from this one goes to.</summary>
    public static int NumberFor(RunState run, TaskVisit from, TaskSpec target)
    {
        var track = run.Track(target);
        if (track.Missing.TryGetValue(from.Task.Order, out var numbers))
        {
            foreach (var number in numbers)
            {
                var ordinal = track.Visits[number - 1];
                if (ordinal != from.Ordinal && !from.Ancestors.Contains(ordinal))
                {
                    return number;
                }
            }
        }

        return track.Visits.Count + 1;
    }
}
