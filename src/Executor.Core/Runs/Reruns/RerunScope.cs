using Executor.Core.Workflows;

namespace Executor.Core.Runs.Reruns;

/// <summary>Which visits of a run its rerun keeps, which go on in it, and which run again as a whole.</summary>
/// <remarks>
/// A visit runs again with all that its arrivals have led to, merged and absorbed ones included, so that the order in
/// which they came makes no difference, and with the later visits of its task: what is kept of a task are its first
/// visits. What the end of the run had cut off goes on.
/// </remarks>
internal sealed class RerunScope
{
    private readonly OriginPast _past;
    private readonly HashSet<int> _again = [];
    private readonly HashSet<int> _goesOn = [];
    private readonly Queue<int> _spreading = new();

    private RerunScope(OriginPast past) => _past = past;

    /// <returns>Null when the request can be met.</returns>
    public static Refusal? Refusal(OriginPast past, RerunRequest request)
    {
        var run = past.Run;
        foreach (var name in request.From)
        {
            if (run.Graph!.Find(name) is not { } task)
            {
                var near = new NearestName().To(name, run.Graph.Tasks.Select(one => one.Name));
                var hint = near is null ? "" : $" Did you mean '{near}'?";
                return new Refusal(RunCodes.RerunUnknownTask, $"{run.Workflow!.Ref} has no task '{name}'.{hint}", []);
            }

            if (past.LastVisit(task) is null)
            {
                return new Refusal(RunCodes.RerunNotReached, $"Run {run.Id} never came to '{name}'.", []);
            }
        }

        return request.FailedItems && request.From.IsEmpty && !Failed(past).Any()
            ? new Refusal(RunCodes.RerunNoItems, $"No task of run {run.Id} ended with items that did not succeed.", [])
            : null;
    }

    public static RerunScope Of(OriginPast past, RerunRequest request)
    {
        var scope = new RerunScope(past);
        foreach (var name in request.From)
        {
            scope.RunAgain(past.LastVisit(past.Run.Graph!.Find(name)!)!.Ordinal);
        }

        foreach (var visit in request.FailedItems ? Failed(past) : [])
        {
            scope.GoOn(visit.Ordinal);
        }

        foreach (var ordinal in past.CutOff.Order())
        {
            scope.GoOn(ordinal);
        }

        scope.Spread();
        return scope;
    }

    public bool IsKept(int ordinal) => IsThere(ordinal) && !_goesOn.Contains(ordinal);

    public bool GoesOn(int ordinal) => _goesOn.Contains(ordinal);

    /// <summary>Kept, or goes on; not so the rounds of joins that have never opened: their arrivals come anew.</summary>
    public bool IsThere(int ordinal) => !_again.Contains(ordinal) && _past.Run.Visits[ordinal]?.OpenedAt is not null;

    private static IEnumerable<TaskVisit> Failed(OriginPast past) => past.Run.Graph!.Tasks
        .Where(task => !task.IsParallel)
        .Select(past.LastVisit)
        .OfType<TaskVisit>()
        .Where(visit => visit.HasItems && Transitions.IsFailure(visit.Status));

    private void RunAgain(int ordinal)
    {
        if (_again.Add(ordinal))
        {
            _goesOn.Remove(ordinal);
            _spreading.Enqueue(ordinal);
        }
    }

    /// <summary>What has not begun opens anew; a parallel task that was repeated has no single place for each inside.</summary>
    private void GoOn(int ordinal)
    {
        var visit = _past.Run.Visits[ordinal]!;
        var hasBegun = visit.Plan is not null && visit.Attempts + visit.Counts.Succeeded > 0;
        if (visit.Task.IsParallel ? visit.Plan is null || visit.Retries > 0 : !hasBegun)
        {
            RunAgain(ordinal);
        }
        else if (!_again.Contains(ordinal) && _goesOn.Add(ordinal))
        {
            _spreading.Enqueue(ordinal);
        }
    }

    private void Spread()
    {
        while (_spreading.TryDequeue(out var ordinal))
        {
            var visit = _past.Run.Visits[ordinal]!;
            foreach (var next in visit.Successors.Where(next => _again.Contains(ordinal) || _past.Around(next) != ordinal))
            {
                RunAgain(next);
            }

            var visits = _past.Run.Track(visit.Task).Visits;
            if (visit.Number < visits.Count)
            {
                RunAgain(visits[visit.Number]);
            }

            if (_past.Around(ordinal) is { } around)
            {
                GoOn(around);
            }
        }
    }
}
