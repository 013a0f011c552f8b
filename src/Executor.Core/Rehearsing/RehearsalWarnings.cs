using Executor.Core.Runs;

namespace Executor.Core.Rehearsing;

/// <summary>What an author should look at, though the run itself has no problem with it.</summary>
internal static class RehearsalWarnings
{
    /// <summary>Conditions of one decision that had no value, where the run goes on as if they did not hold.</summary>
    /// <param name="path">Before the names of the run's tasks.</param>
    public static IEnumerable<RunProblem> OfConditions(string path, IReadOnlyCollection<RunEvent> entry) => entry
        .OfType<RunEvent.ConditionFailed>().Where(failed => !entry.OfType<RunEvent.ProblemFound>().Any(found =>
            found.Problem.Code == RunCodes.ConditionError && found.Problem.Task == failed.Task && found.Visit == failed.Visit))
        .Select(failed => new RunProblem(
            IsOfRetry(failed) ? RunCodes.RetryError : RunCodes.ConditionError, Sentence(failed), path + failed.Task, IsWarning: true));

    public static IEnumerable<RunProblem> OfScript(IEnumerable<string> neverAsked) => neverAsked.Select(part =>
        new RunProblem(RehearsalCodes.NeverAsked, $"Scripted but never asked for: {part}.", IsWarning: true));

    private static bool IsOfRetry(RunEvent.ConditionFailed failed) => failed.Transition < 0;

    private static string Sentence(RunEvent.ConditionFailed failed)
    {
        var (what, so) = IsOfRetry(failed)
            ? ("The condition of 'retry'", "no further attempt was made")
            : ($"The condition of transition {failed.Transition + 1}", "it did not fire");
        return $"{what} of visit {failed.Visit} has no value, so {so}: {failed.Message} "
            + $"('{failed.Expression}', line {failed.Line}, column {failed.Column})";
    }
}
