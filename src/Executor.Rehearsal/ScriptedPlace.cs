using Executor.Core.Rehearsing;
using Executor.Core.Runs;

namespace Executor.Rehearsal;

/// <summary>Attempts of which a script speaks; what is said here gives the script that goes on.</summary>
public sealed class ScriptedPlace
{
    private readonly ScriptedRun _script;
    private readonly (string Task, int? Visit, int? Item, int? Attempt) _place;

    internal ScriptedPlace(ScriptedRun script, string task, int? visit, int? item, int? attempt)
    {
        _script = script;
        _place = (task, visit, item, attempt);
    }

    /// <summary>They succeed.</summary>
    /// <param name="result">Anything that JSON can say; <c>result()</c> and <c>task.NAME</c> show it.</param>
    public ScriptedRun Succeeds(object? result = null) => Ends(SlotStatus.Completed, result, null);

    /// <summary>A person answers these questions of <c>core.ask</c>.</summary>
    /// <param name="response">Must fit the question, as any answer must.</param>
    public ScriptedRun Answers(object? response) => _script.With(new OutcomeRule(
        _place.Task, _place.Visit, _place.Item, _place.Attempt,
        ScriptedOutcome.Succeeded with { Result = Json.Value(response), IsAnswer = true }));

    /// <summary>They fail, which <c>retry</c> may repeat and <c>failed()</c> shows.</summary>
    /// <param name="error">What <c>error()</c> shows.</param>
    /// <param name="result">Null: <c>{succeeded: false, error: …}</c>, as a failed action gives it.</param>
    public ScriptedRun Fails(string? error = null, object? result = null) => Ends(SlotStatus.Failed, result, error);

    /// <summary>Their time runs out, which <c>timed_out()</c> shows.</summary>
    public ScriptedRun TimesOut() => Ends(SlotStatus.Timeout, null, "timed out");

    /// <summary>Their worker is lost: repeated at once where the task is <c>idempotent</c>, otherwise as a failure.</summary>
    public ScriptedRun LosesWorker() => Ends(SlotStatus.Abandoned, null, "the worker was lost");

    /// <summary>Somebody cancels them alone; they are not repeated.</summary>
    public ScriptedRun IsCancelled() => Ends(SlotStatus.Cancelled, null, null);

    private ScriptedRun Ends(SlotStatus status, object? result, string? error) => _script.With(new OutcomeRule(
        _place.Task, _place.Visit, _place.Item, _place.Attempt, new ScriptedOutcome(status, result is null ? null : Json.Value(result), error)));
}
