using Executor.Core.Runs;

namespace Executor.Core.Explaining;

/// <summary>What is said of the run as a whole.</summary>
internal static class RunSentences
{
    public static IEnumerable<Sentence> Of(Journey journey)
    {
        var run = journey.Run;
        yield return new Sentence(SentenceKind.Run, null, 0, Status(run, journey.StoppedAt));
        foreach (var problem in run.Problems)
        {
            yield return new Sentence(
                SentenceKind.Problem, problem.Task, 0, $"{Led(run, problem)}: {problem.Message} [{problem.Code}]");
        }
    }

    private static string Led(RunState run, RunProblem problem) =>
        problem.IsWarning ? "Warning"
        : problem.Code == RunCodes.RunTimeout ? "It was stopped because"
        : StopWords.IsStopped(run) ? "It would have failed because"
        : run.HasEnded ? "It failed because"
        : "It will fail because";

    /// <param name="stoppedAt">Null while nothing stops it.</param>
    private static string Status(RunState run, DateTimeOffset? stoppedAt)
    {
        var name = $"Run {run.Id} of {run.Workflow!.Ref}";
        var word = StatusWords.Of(run.Status);
        if (run.EndedAt is { } ended)
        {
            var error = run.Error is null ? "" : $" {run.Error.TrimEnd('.')}.";
            return $"{name} ended {word} at {Wording.Time(ended)}.{error}";
        }

        var outside = run.InFlight.Count == 0 ? "no action is out" : $"{Wording.Counted(run.InFlight.Count, "action")} out";
        var due = run.NextDue is { } next ? $", and it looks at the clock again at {Wording.Time(next)}" : "";
        var failing = run.IsFailing ? "; nothing starts any more" : "";
        var begun = $"{name}, started at {Wording.Time(run.StartedAt)}, is {word}";
        return run.IsPaused
                ? $"{begun}{Reason(run.PauseReason)}: {outside}{failing}; it goes on when it is resumed."
            : stoppedAt is { } stopped
                ? $"{begun}{Reason(run.HasTimedOut ? "it timed out" : run.CancelReason)} since {Wording.Time(stopped)}: "
                    + $"{outside}{due}{failing}."
            : $"{name} is {word} since {Wording.Time(run.StartedAt)}: {outside}{due}{failing}.";
    }

    private static string Reason(string? said) => said is null ? "" : $" ({said})";
}
