using Executor.Core.Runs;

namespace Executor.Core.Tests.Reference;

/// <summary>Tasks inside a parallel task: each is one of its items, and a visit of its own.</summary>
internal static class Parallel
{
    public static void Enter(Course course, Item place)
    {
        var task = course.Workflow.Graph.Find(place.Visit.Task.Inside[place.Index])!;
        var rounds = course.Rounds[task.Name];
        var visit = new Visit(task, rounds.Count + 1) { PlaceInside = place };
        rounds.Add(visit);
        visit.Sources.Add(place.Visit.Task.Name);
        visit.Parents.Add(place.Visit);
        place.Stage = ItemStage.InFlight;
        Opening.Open(course, visit, place.Visit.Opener);
        if (!visit.IsOpen)
        {
            place.Stage = ItemStage.Ended;
            VisitEnd.CloseIfDone(course, place.Visit);
        }
    }

    public static void Leave(Course course, Visit visit, bool handled)
    {
        if (visit is { HasEnded: true, PlaceInside: { Stage: ItemStage.InFlight } place })
        {
            place.Stage = ItemStage.Ended;
            place.Status = handled && visit.EndedBadly ? SlotStatus.Completed : visit.Status;
            place.Result = visit.Outcome!.Result;
            VisitEnd.CloseIfDone(course, place.Visit);
        }
    }
}
