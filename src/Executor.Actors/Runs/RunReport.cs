using Executor.Actors.Wire;
using Executor.Core.Runs;
using Executor.Core.Values;

namespace Executor.Actors.Runs;

/// <summary>What a run says about itself to people, small enough to travel.</summary>
/// <param name="Sequence">Of the journal entry that it shows; 0 when there is no such run.</param>
/// <param name="View">Its visits are the latest, at most <see cref="MostVisits"/>.</param>
/// <param name="Output">Null before the end, and when it is too large: then it stands in the run's row.</param>
/// <param name="Parent">Null when no run has called it.</param>
/// <param name="Origin">The run that it repeats; null when it is no rerun.</param>
public sealed record RunReport(
    long Sequence, string Workflow, string DefinitionHash, string? RequestKey, RunView View, int VisitsLeftOut,
    Value.Map? Output, RunParent? Parent = null, RunId? Origin = null)
    : IWireMessage
{
    public const int MostVisits = 500;
    private const int MostOutput = 200_000;

    public static RunReport Of(RunState run)
    {
        var view = RunView.Of(run);
        var leftOut = Math.Max(0, view.Visits.Count - MostVisits);
        return new RunReport(
            run.Entries, run.Workflow?.Ref ?? string.Empty, run.Workflow?.Hash ?? string.Empty, run.RequestKey,
            view with { Visits = [.. view.Visits.Skip(leftOut)] }, leftOut,
            run.HasEnded && run.Output.Weight <= MostOutput ? run.Output : null, run.Parent,
            run.Origin);
    }
}
