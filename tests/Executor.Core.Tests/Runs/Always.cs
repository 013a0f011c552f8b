using Executor.Core.Runs;
using Executor.Core.Workflows;

namespace Executor.Core.Tests.Runs;

/// <summary>What holds after every step of every run.</summary>
internal static class Always
{
    public static void Hold(
        RunState before, RunCommand command, Decision decision, RunState after, List<RunEvent[]> entries,
        KnownActions? actions = null)
    {
        Assert.Equal(Dump.Of(decision.Events), Dump.Of(RunDecider.Decide(before, command, actions).Events));
        Assert.Equal(Dump.Of(after), Dump.Of(Replay(after.Id, entries)));
        Assert.Equal(entries.Count, after.Entries);
        Assert.True(decision.IsEmpty || decision.Refusal is null);
        if (after.HasStarted)
        {
            SomethingIsOpen(after);
            LimitsAreKept(after);
            ViewsAreComplete(after);
            EffectsFit(after, decision);
            PausesAreKept(before, decision, after);
        }

        EndsAreTold(after, entries);
        var slots = entries.SelectMany(entry => entry).OfType<RunEvent.Dispatched>().Select(sent => sent.Slot).ToList();
        Assert.Equal(slots.Count, slots.Distinct().Count());
    }

    private static RunState Replay(RunId id, List<RunEvent[]> entries) =>
        entries.Aggregate(RunState.Initial(id), (run, entry) => run.Evolve(entry));

    private static void SomethingIsOpen(RunState run)
    {
        var delays = run.Dues.Any(due => due.Kind == DueKind.Delay);
        var open = run.InFlight.Count > 0 || run.Retries.Count > 0 || delays || run.HoldsBack;
        Assert.Equal(!run.HasEnded, open);
        RunStatus[] ends = [RunStatus.Completed, RunStatus.Failed, RunStatus.Cancelled, RunStatus.Timeout];
        Assert.Equal(run.HasEnded, ends.Contains(run.Status));
        Assert.True(run.Held.IsEmpty || run.HoldsBack || run.InFlight.Count == run.Workflow!.MaxParallel);
        Assert.False(run.HasEnded && (run.Dues.Count > 0 || run.OpenVisits.Count > 0));
    }

    private static void LimitsAreKept(RunState run)
    {
        Assert.True(run.InFlight.Count <= (run.Workflow!.MaxParallel ?? int.MaxValue));
        foreach (var visit in run.OpenVisits.Select(ordinal => run.Visits[ordinal]!))
        {
            var open = Enumerable.Range(0, visit.Plan!.Count).Count(place => visit.Items[place]?.IsOpen == true);
            Assert.Equal(open, visit.InUse);
            Assert.True(open <= visit.Plan.Concurrency);
            var waits = visit.Next < visit.Planned && visit.DelayedUntil is null;
            Assert.True(open == visit.Plan.Concurrency || !waits || run.HoldsBack);
            var (total, succeeded, failed, timedOut, cancelled, abandoned, skipped) = visit.Counts;
            Assert.True(succeeded + failed + timedOut + cancelled + abandoned + skipped + open <= total);
        }
    }

    /// <summary>However old the attempt, and whatever became of its item and its visit.</summary>
    private static void EndsAreTold(RunState run, List<RunEvent[]> entries)
    {
        foreach (var finished in entries.SelectMany(entry => entry).OfType<RunEvent.ItemFinished>())
        {
            Assert.Equal(finished.Outcome.Status, run.EndOf(finished.Slot));
        }

        Assert.All(run.InFlight.Keys, slot => Assert.Null(run.EndOf(slot)));
    }

    private static void ViewsAreComplete(RunState run)
    {
        var view = RunView.Of(run);
        string[] listed = [.. view.CurrentTasks, .. view.CompletedTasks, .. view.FailedTasks, .. view.SkippedTasks];
        Assert.Equal(listed.Length, listed.Distinct().Count());
        Assert.Equal(view.Visits.Select(visit => visit.Task).Distinct().Order(), listed.Order());
        Assert.Equal(run.OpenedCount, view.Visits.Count);
        Assert.Equal(run.OpenedCount, view.Visits.Select(visit => (visit.Task, visit.Visit)).Distinct().Count());
        var waiting = run.WaitingRounds.Select(ordinal => run.Visits[ordinal]!.Task.Name).Distinct();
        Assert.Equal(waiting.Order(), view.WaitingJoins.Order());
        var open = view.Visits.Where(visit => visit.EndedAt is null).Select(visit => visit.Task).Distinct();
        Assert.Equal(open.Order(), view.CurrentTasks.Order());
    }

    private static void EffectsFit(RunState after, Decision decision)
    {
        var effects = RunEffects.Of(after, decision.Events).ToList();
        var sends = effects.OfType<RunEffect.Send>().ToList();
        var dispatched = decision.Events.OfType<RunEvent.Dispatched>().Where(sent => after.IsAwaited(sent.Slot)).ToList();
        var going = after.IsStopping ? [] : dispatched;
        Assert.Equal(going.Where(sent => sent is { IsCall: false, IsQuestion: false }).Select(sent => sent.Slot), sends.Select(send => send.Request.Slot));
        Assert.All(sends, send => Assert.Equal(after.Entries, send.Entry));
        var calls = effects.OfType<RunEffect.Call>().Where(call => call.Stop is null).Select(call => call.Parent.Slot);
        var isTurned = decision.Events.Any(happened => happened is RunEvent.PauseRequested or RunEvent.RunResumed);
        var heard = isTurned && !after.IsStopping ? after.InFlight.Values.Select(open => open.Dispatched) : going;
        Assert.Equal(
            heard.Where(sent => sent.IsCall).Select(sent => $"{sent.Slot}").Order(), calls.Select(slot => $"{slot}").Order());
        var asks = effects.OfType<RunEffect.Ask>();
        Assert.Equal(going.Where(sent => sent.IsQuestion).Select(sent => sent.Id), asks.Select(ask => ask.Row.Id));
        var untold = after.HasEnded && !after.IsSettled ? 1 : 0;
        Assert.Equal(after.InFlight.Count + after.Overdue.Count + untold, RunEffects.Open(after).Count());
    }

    /// <summary>Between a pause and its end attempts end, and nothing else happens.</summary>
    private static void PausesAreKept(RunState before, Decision decision, RunState after)
    {
        if (before.HoldsBack && after.HoldsBack)
        {
            Assert.All(decision.Events, happened => Assert.True(
                happened is RunEvent.ItemFinished or RunEvent.OverdueEnded or RunEvent.RetryScheduled or RunEvent.ItemDropped
                    or RunEvent.ItemsDropped or RunEvent.ConditionFailed or RunEvent.PauseRequested or RunEvent.RunPaused,
                $"{happened} although the run is paused"));
        }

        var isOut = after.InFlight.Values.Any(open => open.Dispatched is { IsCall: false, IsQuestion: false });
        Assert.True(!after.IsPaused || isOut == (after.Status == RunStatus.Pausing));
        Assert.True(!after.HoldsBack || after.NextDue is null || isOut);
        Assert.True(after.HoldsBack || (after.Suspended.IsEmpty && after.Unfollowed.IsEmpty));
        Assert.True(after.HasEnded || after.IsStopping || after.IsPaused == (after.Turn % 2 == 1));
        Assert.True(after.IsPaused || after.PauseReason is null);
    }
}
