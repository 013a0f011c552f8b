using Executor.Core.Values;

namespace Executor.Core.Runs;

/// <summary>The result of an ended run, in the shape in which whoever called it sees it.</summary>
public static class RunResults
{
    /// <summary>Completed: exactly the output. Else: why not.</summary>
    public static Value.Map Of(RunState run) => run.Status switch
    {
        RunStatus.Completed => run.Output,
        RunStatus.Failed => Failed(run).With("causes", Causes.Of(run)),
        RunStatus.Timeout => Failed(run).With("timed_out", Value.True),
        RunStatus.Cancelled => Failed(run),
        _ => throw new InvalidOperationException($"Run {run.Id} has not ended: {run.Status}."),
    };

    private static Value.Map Failed(RunState run) => new(
    [
        KeyValuePair.Create("error", Value.Of(run.Error)),
        KeyValuePair.Create("succeeded", Value.False),
    ]);
}
