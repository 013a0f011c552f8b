using Executor.Core.Runs;

namespace Executor.Core.Explaining;

/// <summary>What is said of the run as a whole.</summary>
internal static class RunSentences
{
    public static IEnumerable<Sentence> Of(RunState run)
    {
        yield return new Sentence(SentenceKind.Run, null, 0, Status(run));
        foreach (var problem in run.Problems)
        {
            var kind = problem.IsWarning ? "Warning" : run.HasEnded ? "It failed because" : "It will fail because";
            yield return new Sentence(SentenceKind.Problem, problem.Task, 0, $"{kind}: {problem.Message} [{problem.Code}]");
        }
    }

    private static string Status(RunState run)
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
        var reason = Reason(run.CancelReason);
        return run.IsPaused
            ? $"{name}, started at {Wording.Time(run.StartedAt)}, is {word}{Reason(run.PauseReason)}: {outside}{failing};"
                + " it goes on when it is resumed."
            : $"{name} is {word}{reason} since {Wording.Time(run.StartedAt)}: {outside}{due}{failing}.";
    }

    private static string Reason(string? said) => said is null ? "" : $" ({said})";
}
