using Executor.Actors.Cluster;
using Executor.Actors.Runs;
using Executor.Actors.Tests.Engine;
using Executor.Core.Runs;
using Executor.Core.Runs.Reruns;
using Executor.Core.Values;

namespace Executor.Actors.Tests.Wire;

/// <summary>One message of each kind that travels between nodes, no member left at its default.</summary>
internal static class WireSamples
{
    private const string Source =
        """
        ref: test.one
        tasks:
          - name: build
            action: core.noop
        """;

    private static readonly DateTimeOffset Noon = new(2030, 1, 2, 12, 0, 0, 250, TimeSpan.Zero);
    private static readonly RunId Run = new("run-1");
    private static readonly Value.Map Map = Value.Map.Empty.With("n", Value.Of(1)).With("text", Value.Of("ü \"q\""));

    private static readonly RunView View = new(
        Run, RunStatus.Failed, ["a"], ["b"], ["c"], ["d"], ["e"],
        [
            new VisitView(
                "c", 2, SlotStatus.Failed, new ItemCounts(9, 1, 2, 3, 1, 1, 1), 12, Noon, Noon.AddSeconds(5), "It broke."),
        ],
        12, [new RunProblem("task.failed", "Task 'c' failed.", "c", true, true)], "It broke.", Noon, Noon.AddSeconds(6));

    /// <summary>A start that another run has decided, and that it no longer wants.</summary>
    public static RunCommand.Start Call { get; } = new(
        TestEngine.Workflow(Source), Map, new RunLimits { MaxDepth = 7 }, null, Noon,
        new RunParent(new RunId("run-0"), new Slot("call", 2, 7, 3), 2, Noon, TimeSpan.FromSeconds(90), new RunId("run-00")),
        new RunStop("enough", StopRunning: true));

    /// <summary>A start that repeats another run.</summary>
    public static RunCommand.Start Again { get; } = new(
        TestEngine.Workflow(Source), Map, new RunLimits { MaxVisits = 11, WorkerLosses = 3 }, "key-1", Noon,
        Origin: new RunId("run-0"), Called: [new CalledWorkflow("lib.one", TestEngine.Workflow(Source))],
        Plan: new RerunPlan(
            Map,
            [
                new RunEvent.Arrived("build", 0, "check", 2),
                new RunEvent.VisitKept("check", 2, [new KeptItem(Slot.NoItem, SlotStatus.Completed, Map, null, null, null, 0)], null),
            ]));

    public static IReadOnlyList<object> All { get; } =
    [
        new RunCommand.Start(
            TestEngine.Workflow(Source), Map, new RunLimits { MaxVisits = 11, WorkerLosses = 3 }, "key-1", Noon),
        new RunCommand.FinishItem(
            new Slot("build", 2, 7, 3), new ItemOutcome(SlotStatus.Failed, Map, "It broke.", "task.failed"), Noon),
        new RunCommand.TimeUp(Noon),
        new RunCommand.Cancel("Wrong branch.", Noon),
        new RunCommand.Pause("Wrong branch.", Noon),
        new RunCommand.Resume(Noon),
        new RunCommand.Answer(new Slot("ask", 2, 7, 3), Map, "ann", Noon),
        new RunCommand.HearParent(Noon),
        Wake.Up,
        AskReport.Now,
        Follow.Me,
        new Accepted(
            new Refusal("input.missing", "Not given.", [new RunProblem("input.missing", "x", "t", true, true)]),
            SlotStatus.Timeout),
        Postponed.Now,
        new Awake(7),
        new RunReport(7, "test.one", "sha", "key-1", View, 3, Map),
        new Advanced(Run, 7, true),
        AskCharter.Now,
        new CharterIs("c1"),
    ];
}
