using Executor.Core.Values;

namespace Executor.Core.Runs;

/// <summary>The result of an ended run, in the shape in which whoever called it sees it.</summary>
public static class RunResults
{
    /// <summary>Completed: exactly the output. Else: why not.</summary>
    public static Value.Map Of(RunState run) => run.Status switch
    {
        RunStatus.Completed => run.Output,
        RunStatus.Failed => Failed(run).With("causes", Value.Of(Causes(run))),
        RunStatus.Timeout => Failed(run).With("timed_out", Value.True),
        RunStatus.Cancelled => Failed(run),
        _ => throw new InvalidOperationException($"Run {run.Id} has not ended: {run.Status}."),
    };

    private static Value.Map Failed(RunState run) => new(
    [
        KeyValuePair.Create("error", Value.Of(run.Error)),
        KeyValuePair.Create("succeeded", Value.False),
    ]);

    private static IEnumerable<Value> Causes(RunState run) =>
        run.Problems.Where(problem => !problem.IsWarning).Select(Cause);

    private static Value Cause(RunProblem problem) => new Value.Map(
    [
        KeyValuePair.Create("task", Value.Of(problem.Task)),
        KeyValuePair.Create("code", Value.Of(problem.Code)),
        KeyValuePair.Create("message", Value.Of(problem.Message)),
    ]);
}
