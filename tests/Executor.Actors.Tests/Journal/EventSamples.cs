using Executor.Actors.Tests.Engine;
using Executor.Core.Runs;
using Executor.Core.Values;

namespace Executor.Actors.Tests.Journal;

/// <summary>One event of each kind, no member left at its default.</summary>
internal static class EventSamples
{
    private const string Source =
        """
        ref: test.one
        tasks:
          - name: build
            action: core.noop
        """;

    private static readonly DateTimeOffset Noon = new(2030, 1, 2, 12, 0, 0, 250, TimeSpan.Zero);
    private static readonly Slot Slot = new("build", 2, 7, 3);
    private static readonly Value.Map Map = Value.Map.Empty.With("n", Value.Of(1)).With("x", Value.Of(1.5))
        .With("text", Value.Of("ü \"quoted\" <b>")).With("none", Value.Null)
        .With("list", Value.Of([Value.True, Value.Of("a")]));

    public static IReadOnlyList<RunEvent> All { get; } =
    [
        new RunEvent.RunStarted(
            TestEngine.Workflow(Source), Map, Value.Map.Empty.With("v", Value.Of(2)),
            new RunLimits { MaxVisits = 11, WorkerLosses = 3, MaxItems = 77, StartAllowance = TimeSpan.FromSeconds(90) },
            "key-1", Noon.AddHours(1), Noon),
        new RunEvent.WorkflowFrozen("test.one", TestEngine.Workflow(Source)),
        new RunEvent.Arrived("join", 3, "build", 2),
        new RunEvent.VisitOpened(
            "build", 2, "check", 4,
            new VisitPlan(new Value.List([Value.Of("a"), Value.Of(2)]), 3, "core.noop", "gpu", TimeSpan.FromMinutes(2), true),
            Noon.AddSeconds(30), Noon),
        new RunEvent.VisitKept(
            "build", 2,
            [
                new KeptItem(7, SlotStatus.Failed, Map, "It broke.", "task.failed", [SlotStatus.Abandoned, SlotStatus.Failed], 1),
            ],
            [8, 9]),
        new RunEvent.DelayEnded("build", 2),
        new RunEvent.Held(Slot),
        new RunEvent.Dispatched(
            Slot, DispatchId.Of(new RunId("run-1"), Slot), "core.noop", Map, "gpu", TimeSpan.FromSeconds(300.5),
            Noon.AddHours(2), true, Noon),
        new RunEvent.ItemFinished(
            Slot, new ItemOutcome(SlotStatus.Failed, Map, "It broke.", "task.failed"), true, true, Noon),
        new RunEvent.OverdueEnded(Slot),
        new RunEvent.RetryScheduled(Slot, Noon.AddSeconds(5), true),
        new RunEvent.ItemDropped(Slot, SlotStatus.Skipped, Noon),
        new RunEvent.ItemsDropped("build", 2, SlotStatus.Cancelled),
        new RunEvent.InnerEnded("release", 2, "build", 5, SlotStatus.Failed),
        new RunEvent.VisitEnded("build", 2, SlotStatus.Timeout, "Too late.", "task.timeout", Noon),
        new RunEvent.VisitRetried("build", 2, [1, 4], Noon),
        new RunEvent.TransitionFired("build", 2, 1, Map),
        new RunEvent.ConditionFailed("build", 2, 1, "result().x > 1", "expr.type", "Not a number.", 12, 7),
        new RunEvent.ProblemFound(new RunProblem("publish.error", "Name is unknown.", "build", true, true), 2),
        new RunEvent.RunFailing(Noon),
        new RunEvent.CancelRequested("Wrong branch.", Noon),
        new RunEvent.PauseRequested("Wrong branch.", Noon, 3),
        new RunEvent.RunPaused(Noon),
        new RunEvent.RunResumed(Noon, 4),
        new RunEvent.RunTimedOut(Noon),
        new RunEvent.RunEnded(RunStatus.Failed, Map, "Task 'build' failed.", Noon),
        new RunEvent.ParentTold(Noon),
    ];
}
