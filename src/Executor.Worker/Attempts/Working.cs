using Executor.Core.Messages;
using Executor.Core.Runs;
using Executor.Worker.Actions;
using Executor.Worker.Telemetry;
using Microsoft.Extensions.Logging;

namespace Executor.Worker.Attempts;

/// <summary>Runs the action of an attempt that is ours, within its timeout, and says how it ended.</summary>
internal sealed class Working(
    ActionCatalog actions, Cancels cancels, IActionObserver? observer,
    WorkerOptions options, TimeProvider time, ILogger log)
{
    // Timers take no more than some 49 days; nobody waits that long.
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromDays(40);

    // Beyond the grace an action that obeys needs a moment to collect its output.
    private static readonly TimeSpan Collecting = TimeSpan.FromSeconds(5);

    /// <returns>
    /// The result, null when nobody waits for one; and the action itself if it still has not returned.
    /// </returns>
    public async Task<(TaskResult? Result, Task Body)> DoAsync(Attempt attempt)
    {
        if (cancels.CameBefore(attempt.Request.Id))
        {
            attempt.Stop(StopReason.Cancelled);
        }

        var (startedAt, began) = (time.GetUtcNow(), time.GetTimestamp());
        var request = attempt.Request;
        var action = actions.NameOf(request.Action) ?? "unknown";
        using var span = WorkerTracing.Run(request, action, options.Name);
        WorkerMeter.Began();
        var (outcome, body) = await RunAsync(attempt);
        WorkerMeter.Ended(action, outcome?.Status, time.GetElapsedTime(began));
        WorkerTracing.End(span, outcome);
        var result = outcome is null ? null : new TaskResult(
            request.Id, request.Run, request.Slot, outcome, attempt.Renewal.Worker, attempt.ClaimId, attempt.Token,
            startedAt, time.GetUtcNow())
        {
            Trace = span?.Id ?? request.Trace,
        };
        return (result, body);
    }

    private async Task<(ItemOutcome? Outcome, Task Body)> RunAsync(Attempt attempt)
    {
        var request = attempt.Request;
        if (attempt.Reason != StopReason.None)
        {
            return (Outcomes.Stopped(attempt, started: false, null, 0, time.GetUtcNow()), Task.CompletedTask);
        }

        if (!actions.TryGet(request.Action, out var runner))
        {
            return (Outcomes.UnknownAction(request.Action, actions.Nearest(request.Action)), Task.CompletedTask);
        }

        var context = new ActionContext(request, time, log, observer) { Grace = GraceOf(attempt) };
        var timeout = request.Timeout < LongestTimeout ? request.Timeout : LongestTimeout;
        await using var alarm = time.CreateTimer(
            static state => ((Attempt)state!).Stop(StopReason.TimedOut), attempt, timeout, Timeout.InfiniteTimeSpan);
        var body = Task.Run(() => BodyAsync(runner, context, attempt));
        if (await Task.WhenAny(body, attempt.Stopped) != body)
        {
            await Task.WhenAny(body, Task.Delay(context.Grace + Collecting, time));
        }

        if (!body.IsCompleted)
        {
            log.LogError("{Action} of run {RunId} does not stop when told to", request.Action, request.Run);
        }

        var end = body.IsCompleted ? await body : null;
        var outcome = attempt.Reason == StopReason.Finished
            ? Outcomes.Of(end!, options.ResultLimit)
            : Outcomes.Stopped(attempt, started: true, end, options.ResultLimit, time.GetUtcNow());
        return (outcome, body);
    }

    private TimeSpan GraceOf(Attempt attempt) =>
        attempt.Lease.LongestGrace < options.KillGrace ? attempt.Lease.LongestGrace : options.KillGrace;

    /// <summary>Never throws: whatever an action does is an outcome.</summary>
    private async Task<ActionResult> BodyAsync(IActionRunner runner, ActionContext context, Attempt attempt)
    {
        ActionResult end;
        try
        {
            end = await runner.RunAsync(context, attempt.Stopping);
        }
        catch (ActionInputException wrong)
        {
            end = ActionResult.Failure(wrong.Message, wrong.Code);
        }
        catch (OperationCanceledException) when (attempt.Stopping.IsCancellationRequested)
        {
            end = ActionResult.Failure("Stopped.");
        }
        catch (Exception failure)
        {
            log.LogWarning(failure, "{Action} of run {RunId} threw", context.Action, context.Run);
            end = ActionResult.Failure($"{failure.GetType().Name}: {failure.Message}", "action.exception");
        }

        attempt.Finish();
        return end;
    }
}
