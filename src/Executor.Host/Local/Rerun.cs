using System.Collections.Immutable;
using Executor.Actors.Journal;
using Executor.Core;
using Executor.Core.Runs;
using Executor.Core.Runs.Reruns;
using Executor.Core.Values;
using Executor.Core.Workflows;

namespace Executor.Host.Local;

/// <summary>What a run was started with and has done, as its journal tells it: enough to run it once more.</summary>
/// <param name="Workflow">As it was then, with the time that the run was allowed.</param>
internal sealed record Rerun(WorkflowSpec Workflow, Value.Map Inputs, RerunOrigin Origin)
{
    /// <returns>The refusal when there is no such run, it has not ended, or what is asked for cannot be.</returns>
    public static async Task<(Rerun? What, Refusal? Refusal)> OfAsync(
        IJournalReader journal, RunId run, RerunRequest request, CancellationToken stop)
    {
        var codec = new JournalCodec();
        var entries = new List<ImmutableArray<RunEvent>>();
        await foreach (var row in journal.EntriesAsync(JournalCodec.IdOf(run), stop))
        {
            entries.Add(codec.Read(row).Events);
        }

        var all = entries.SelectMany(entry => entry).ToList();
        if (all.OfType<RunEvent.RunStarted>().FirstOrDefault() is not { } started || !all.Exists(one => one is RunEvent.RunEnded))
        {
            var message = $"Run {run} has not ended; only a run that has ended is run again.";
            return (null, new Refusal(RunCodes.RunUnfinished, message, []));
        }

        var (plan, refusal) = RerunPlanning.Of(run, entries, request);
        List<CalledWorkflow> called =
            [.. all.OfType<RunEvent.WorkflowFrozen>().Select(frozen => new CalledWorkflow(frozen.Action, frozen.Workflow))];
        return refusal is null
            ? (new Rerun(Timed(started), started.Inputs, new RerunOrigin(run, called, plan)), null)
            : (null, refusal);
    }

    /// <summary>The journal keeps the text of the workflow, and when the run was to time out.</summary>
    private static WorkflowSpec Timed(RunEvent.RunStarted started) => started is { Parent: null, Due: { } due }
        ? started.Workflow with { Timeout = due - started.At }
        : started.Workflow;
}
