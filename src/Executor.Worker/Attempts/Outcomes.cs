using System.Globalization;
using Executor.Core.Runs;
using Executor.Core.Values;
using Executor.Worker.Actions;

namespace Executor.Worker.Attempts;

/// <summary>The shapes in which attempts end.</summary>
internal static class Outcomes
{
    public static ItemOutcome Of(ActionResult end, int limit)
    {
        if (end.Error is null)
        {
            return ResultCheck.Problem(end.Result, limit) is var (code, sentence)
                ? Failed(sentence, code)
                : new ItemOutcome(SlotStatus.Completed, end.Result);
        }

        var error = ErrorText.Of(end.Error);
        var result = Marked(end.Result as Value.Map ?? Value.Map.Empty.With("result", end.Result), error);
        return ResultCheck.Problem(result, limit) is null
            ? new ItemOutcome(SlotStatus.Failed, result, error, end.Code)
            : Failed(error, end.Code);
    }

    public static ItemOutcome Failed(string error, string? code) =>
        new(SlotStatus.Failed, Marked(Value.Map.Empty, error), error, code);

    public static ItemOutcome UnknownAction(string name, string? nearest)
    {
        var advice = nearest is null ? "." : $"; did you mean '{nearest}'?";
        return Failed($"There is no action '{ErrorText.Of(name)}'{advice}", RunCodes.ActionUnknown);
    }

    /// <param name="started">False when it was cancelled before the action began.</param>
    /// <param name="shown">What the action returned after it was stopped; its output is worth keeping.</param>
    /// <returns>Null when there is nobody to tell.</returns>
    public static ItemOutcome? Stopped(
        Attempt attempt, bool started, ActionResult? shown, int limit, DateTimeOffset now)
    {
        var outcome = attempt.Reason switch
        {
            StopReason.TimedOut => TimedOut(attempt.Request.Timeout),
            StopReason.Cancelled => Cancelled(started),
            StopReason.Fenced => ItemOutcome.Abandoned("worker", attempt.Renewal.Worker, now),
            _ => null,
        };
        if (outcome is null || shown?.Result is not Value.Map map)
        {
            return outcome;
        }

        var result = (Value.Map)outcome.Result;
        foreach (var key in new[] { "stdout", "stderr_log" })
        {
            result = map.TryGet(key, out var text) ? result.With(key, text) : result;
        }

        return ResultCheck.Problem(result, limit) is null ? outcome with { Result = result } : outcome;
    }

    private static ItemOutcome TimedOut(TimeSpan timeout)
    {
        var seconds = timeout.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture);
        var error = $"Execution timed out after {seconds} seconds";
        var result = Value.Map.From(
        [
            new("succeeded", Value.False), new("timed_out", Value.True), new("error", Value.Of(error)),
        ]);
        return new ItemOutcome(SlotStatus.Timeout, result, error, RunCodes.TaskTimeout);
    }

    private static ItemOutcome Cancelled(bool started)
    {
        var error = started ? ItemOutcome.StoppedByUser : ItemOutcome.TakenBackByUser;
        var result = Value.Map.From(
        [
            new("succeeded", Value.False), new("cancelled", Value.True), new("error", Value.Of(error)),
        ]);
        return new ItemOutcome(SlotStatus.Cancelled, result, error, RunCodes.TaskCancelled);
    }

    private static Value.Map Marked(Value.Map result, string error) =>
        result.With("succeeded", Value.False).With("error", Value.Of(error));
}
