using Executor.Actors.Journal;
using Executor.Core;
using Executor.Core.Runs;
using Executor.Core.Values;
using Executor.Core.Workflows;

namespace Executor.Host.Local;

/// <summary>What a run was started with, as its journal tells it: enough to run it once more.</summary>
/// <param name="Workflow">As it was then, with the time that the run was allowed.</param>
/// <param name="Called">The workflows that it has called, as they were then.</param>
internal sealed record Rerun(RunId Of, WorkflowSpec Workflow, Value.Map Inputs, IReadOnlyList<CalledWorkflow> Called)
{
    /// <returns>Null when there is no such run, or it has not ended.</returns>
    public static async Task<Rerun?> OfAsync(IJournalReader journal, RunId run, CancellationToken stop)
    {
        var codec = new JournalCodec();
        RunEvent.RunStarted? started = null;
        var called = new List<CalledWorkflow>();
        var hasEnded = false;
        await foreach (var row in journal.EntriesAsync(JournalCodec.IdOf(run), stop))
        {
            foreach (var happened in codec.Read(row).Events)
            {
                started ??= happened as RunEvent.RunStarted;
                hasEnded |= happened is RunEvent.RunEnded;
                if (happened is RunEvent.WorkflowFrozen frozen)
                {
                    called.Add(new CalledWorkflow(frozen.Action, frozen.Workflow));
                }
            }
        }

        return started is not null && hasEnded
            ? new Rerun(run, Timed(started), started.Inputs, called)
            : null;
    }

    /// <summary>The journal keeps the text of the workflow, and when the run was to time out.</summary>
    private static WorkflowSpec Timed(RunEvent.RunStarted started) => started is { Parent: null, Due: { } due }
        ? started.Workflow with { Timeout = due - started.At }
        : started.Workflow;
}
