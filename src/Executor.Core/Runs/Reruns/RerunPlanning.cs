using System.Collections.Immutable;

namespace Executor.Core.Runs.Reruns;

/// <summary>The plan of a rerun that keeps something, or why there can be none.</summary>
/// <param name="Plan">Null when it is refused, and when everything runs again.</param>
public sealed record RerunPlanning(RerunPlan? Plan, Refusal? Refusal)
{
    /// <param name="journal">The events of all entries of a run that has ended, in order.</param>
    public static RerunPlanning Of(RunId origin, IReadOnlyList<ImmutableArray<RunEvent>> journal, RerunRequest request)
    {
        if (request.IsWhole)
        {
            return new RerunPlanning(null, null);
        }

        var past = OriginPast.Of(origin, journal);
        return RerunScope.Refusal(past, request) is { } refusal
            ? new RerunPlanning(null, refusal)
            : Checked(past, RerunScope.Of(past, request), journal);
    }

    private static RerunPlanning Checked(
        OriginPast past, RerunScope scope, IReadOnlyList<ImmutableArray<RunEvent>> journal)
    {
        if (past.FailedBy is { } ordinal && scope.IsKept(ordinal))
        {
            var task = past.Run.Visits[ordinal]!.Task.Name;
            return new RerunPlanning(null, new Refusal(
                RunCodes.RerunFailing, $"'{task}' made run {past.Run.Id} fail, and would make its rerun fail at once.", []));
        }

        return new RerunPlanning(Keeping.Of(past.Run.Id, scope, journal), null);
    }
}
