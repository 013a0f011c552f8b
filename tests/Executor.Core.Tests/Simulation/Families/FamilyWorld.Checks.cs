using Executor.Core.Runs;
using Executor.Core.Runs.Snapshots;
using Executor.Core.Tests.Simulation.Checks;

namespace Executor.Core.Tests.Simulation.Families;

/// <content>What never may be, looked at after each entry, and at the end.</content>
internal sealed partial class FamilyWorld
{
    private void CheckEntry(RunId run, RunEvent[] entry)
    {
        CheckReferences(run, entry);
        var state = StateOf(run);
        var mayBegin = !state.HoldsBack || entry.OfType<RunEvent.RunResumed>().Any()
            || !Fold(run, _journals[run].SkipLast(1)).HoldsBack;
        FamilyViolation.Unless(mayBegin || !entry.Any(Begins), $"{run} is paused and goes on");
        FamilyViolation.Unless(
            !state.HasStarted || state.IsSettled || _rows.ContainsKey(run), $"{run} goes on and no row says so");
        if (state.Parent is { } parent)
        {
            var caller = StateOf(parent.Run);
            var call = CallsOf(parent.Run).FirstOrDefault(call => RunId.OfCall(call.Id) == run);
            FamilyViolation.Unless(call?.Slot == parent.Slot, $"{run} was never called by {parent.Run} for {parent.Slot}");
            FamilyViolation.Unless(state.Depth == caller.Depth + 1 && state.Root == Root, $"{run} does not know where it stands");
            FamilyViolation.Unless(
                !state.IsParentTold || caller.EndOf(parent.Slot) is not null, $"{run} believes that {parent.Run} knows of its end");
        }

        foreach (var called in CallsOf(run))
        {
            CheckCalled(state, called);
        }

        FamilyViolation.Unless(
            _journals[run].SelectMany(events => events).OfType<RunEvent.ParentTold>().Count() <= 1, $"{run} has told twice");
        FamilyViolation.Unless(
            entry.OfType<RunEvent.ItemFinished>().Select(end => end.Slot).Distinct().Count()
                == entry.OfType<RunEvent.ItemFinished>().Count(),
            $"{run} has ended a slot twice");
    }

    private static bool Begins(RunEvent happened) => happened is RunEvent.Dispatched or RunEvent.VisitOpened
        or RunEvent.VisitEnded or RunEvent.TransitionFired or RunEvent.DelayEnded;

    /// <summary>The slot ends as the run that it called, after it, and never without it.</summary>
    private void CheckCalled(RunState caller, RunEvent.Dispatched call)
    {
        var called = StateOf(RunId.OfCall(call.Id));
        var end = caller.EndOf(call.Slot);
        FamilyViolation.Unless(end is null || called.HasEnded, $"{call.Slot} of {caller.Id} has ended before its run");
        FamilyViolation.Unless(
            end is null || StatusWords.Of(end.Value) == StatusWords.Of(called.Status),
            $"{call.Slot} of {caller.Id} is {end}, and its run {called.Status}");
        FamilyViolation.Unless(!caller.HasEnded || called.HasEnded, $"{caller.Id} has ended above {called.Id}");
    }

    private IEnumerable<RunEvent.Dispatched> CallsOf(RunId run) => _journals.TryGetValue(run, out var journal)
        ? journal.SelectMany(entry => entry).OfType<RunEvent.Dispatched>().Where(one => one.IsCall)
        : [];

    private void CheckEnd()
    {
        var called = Runs.SelectMany(CallsOf).Select(call => RunId.OfCall(call.Id)).ToList();
        FamilyViolation.Unless(called.Distinct().Count() == called.Count, "a run was called twice");
        FamilyViolation.Unless(
            called.Append(Root).ToHashSet().SetEquals(Runs.Where(run => StateOf(run).HasStarted)),
            "other runs have begun than were called");
        foreach (var run in Runs)
        {
            var ends = _journals[run].SelectMany(entry => entry).OfType<RunEvent.ItemFinished>().Select(end => end.Slot);
            FamilyViolation.Unless(ends.Distinct().Count() == ends.Count(), $"{run} has ended a slot twice");
            var state = StateOf(run);
            var read = Snapshot(state);
            FamilyViolation.Unless(Sameness.Difference(state, read) is null, $"{run} is not what its snapshot says");
        }
    }

    private RunState Snapshot(RunState state) => RunStateJson.Read(
        RunStateJson.Write(state).Span, _program.Workflow);
}
