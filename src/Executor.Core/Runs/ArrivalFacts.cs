using Executor.Core.Workflows;

namespace Executor.Core.Runs;

/// <summary>Who came from where: rounds, arrivals and ancestry.</summary>
internal static class ArrivalFacts
{
    public static RunState Arrived(RunState run, RunEvent.Arrived arrived)
    {
        var task = run.Graph!.Find(arrived.Task)!;
        var source = run.Visit(arrived.FromTask, arrived.FromVisit)!;
        run = arrived.Visit > run.Track(task).Visits.Count ? Begin(run, task) : run;
        var target = run.Visit(arrived.Task, arrived.Visit)!;
        run = run with
        {
            Tracks = run.Tracks.With(task.Order, NoLongerMissing(run.Track(task), source.Task.Order, target)),
            Visits = run.Visits
                .With(target.Ordinal, target with { Sources = target.Sources.Add(source.Task.Order) })
                .With(source.Ordinal, source with { Successors = source.Successors.Add(target.Ordinal) }),
        };
        run = target.Status == SlotStatus.Requested
            ? run with { WaitingRounds = run.WaitingRounds.Add(target.Ordinal) }
            : run;
        return Inherit(run, target.Ordinal, source.Ancestors.With(source.Ordinal));
    }

    /// <summary>A visit, or the round of a join from which one will come.</summary>
    public static RunState Begin(RunState run, TaskSpec task)
    {
        var track = run.Track(task);
        var visit = new TaskVisit(task, track.Visits.Count + 1, run.VisitCount);
        var missing = track.Missing.ToBuilder();
        foreach (var source in run.Graph!.Inbound(task.Name))
        {
            var numbers = missing.GetValueOrDefault(source.Order) ?? [];
            missing[source.Order] = numbers.Add(visit.Number);
        }

        track = track with
        {
            Visits = track.Visits.Add(visit.Ordinal),
            Missing = missing.ToImmutable(),
            Waiting = track.Waiting + 1,
        };
        return run with
        {
            VisitCount = run.VisitCount + 1,
            Visits = run.Visits.With(visit.Ordinal, visit),
            Tracks = run.Tracks.With(task.Order, track),
        };
    }

    private static TaskTrack NoLongerMissing(TaskTrack track, int source, TaskVisit target) => track with
    {
        Missing = track.Missing.SetItem(source, track.Missing[source].Remove(target.Number)),
    };

    /// <summary>
    /// An arrival at a visit that has gone on already gives its past to all that came after, so that the result does
    /// not depend on the order of arrivals.
    /// </summary>
    private static RunState Inherit(RunState run, int ordinal, VisitSet past)
    {
        var visits = run.Visits;
        var heirs = new Queue<int>([ordinal]);
        while (heirs.TryDequeue(out var heir))
        {
            var visit = visits[heir]!;
            var ancestors = visit.Ancestors.Union(past);
            if (!ReferenceEquals(ancestors, visit.Ancestors))
            {
                visits = visits.With(heir, visit with { Ancestors = ancestors });
                foreach (var successor in visit.Successors)
                {
                    heirs.Enqueue(successor);
                }
            }
        }

        return run with { Visits = visits };
    }
}
