using Executor.Core.Runs;
using Executor.Core.Values;

namespace Executor.Core.Expressions;

/// <summary>How the visit, or attempt, of which the scope speaks has ended; without one nothing is true.</summary>
internal static class OutcomeFunctions
{
    public static readonly Function[] All =
    [
        Ended("succeeded", SlotStatus.Completed),
        Ended("failed", SlotStatus.Failed, SlotStatus.Abandoned, SlotStatus.Cancelled),
        Ended("timed_out", SlotStatus.Timeout),
        Ended("skipped", SlotStatus.Skipped),
        Ended(
            "completed",
            SlotStatus.Completed,
            SlotStatus.Failed,
            SlotStatus.Abandoned,
            SlotStatus.Cancelled,
            SlotStatus.Timeout,
            SlotStatus.Skipped),
        Of("result", outcome => outcome.Result),
        Of("error", outcome => Value.Of(outcome.Error)),
        Of("status", outcome => Value.Of(outcome.Status.ToString().ToLowerInvariant())),
        Of("item_states", outcome => outcome.ItemStates?.ToList()),
    ];

    private static Function Ended(string name, params SlotStatus[] statuses) =>
        new(name, 0, arguments =>
            Value.Of(arguments.Evaluation.Scope.Outcome is { } outcome && statuses.Contains(outcome.Status)));

    private static Function Of(string name, Func<Outcome, Value?> part) =>
        new(name, 0, arguments =>
            arguments.Evaluation.Scope.Outcome is { } outcome ? part(outcome) ?? Value.Null : Value.Null);
}
