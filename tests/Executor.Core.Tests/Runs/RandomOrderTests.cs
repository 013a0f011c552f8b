using CsCheck;
using Executor.Core.Runs;

namespace Executor.Core.Tests.Runs;

/// <summary>Random orders, duplicates, outcomes and times; <see cref="Always"/> looks at every step.</summary>
public sealed class RandomOrderTests
{
    private static readonly string[] Flows =
    [
        """
        a -S-> b, c
        a -F-> d
        b -*-> d
        c -S-> d
        d: join: 2
        d: retry: {count: 2, delay: 3}
        """,
        """
        t: with_items: "{{ range(6) }}"
        t: concurrency: 3
        t: retry: {count: 1, delay: 2}
        t -S-> n
        t -F-> retry
        t -T-> n
        """,
        """
        s -*-> a
        a -S-> b, c
        b -S-> d
        c -S-> d
        c -F-> d
        d: join: all
        d -[task.d.n != 0]-> a
        """,
        """
        x: idempotent: true
        x -S-> y
        y: delay: 4
        y: with_items: [1, 2, 3]
        y: fail_fast: true
        y -F-> z
        z -F-> fail
        w: timeout: 5
        w -T-> z
        """,
    ];

    [Fact]
    [Trait("lesson", "12.4")]
    [Trait("lesson", "13.8")]
    public void Every_run_ends_and_replay_equals_live_after_every_step()
    {
        var steps = Gen.Select(Gen.Int[0, 99], Gen.Int[0, 1_000]).Array[400];
        Gen.Select(Gen.Int[0, Flows.Length - 1], Gen.Int[1, 4], steps).Sample(
            (flow, parallel, choices) => Drive(Flows[flow], parallel, choices),
            iter: 300,
            threads: 1);
    }

    private static void Drive(string flow, int parallel, (int What, int Which)[] choices)
    {
        var limits = RunLimits.Default with { MaxVisits = 40, StartAllowance = TimeSpan.FromSeconds(20) };
        var run = Scenario.OfFlow(flow, $"max_parallel: {parallel}\ntimeout: 300", limits: limits);
        var told = new List<Slot>();
        for (var step = 0; !run.Run.HasEnded; step++)
        {
            var (what, which) = choices[step % choices.Length];
            if (what < 15 || run.Out.Length == 0)
            {
                run.After(1 + (which % 4));
            }
            else if (what < 30 && told.Count > 0)
            {
                run.Finish(told[which % told.Count], SlotStatus.Failed);
                Assert.Empty(run.Last);
            }
            else
            {
                var slot = run.SlotOf(run.Out[which % run.Out.Length]);
                told.Add(slot);
                run.Finish(slot, Outcome(what), $$"""{"n": {{which % 3}}}""", what < 75 ? null : "boom");
            }
        }

        Assert.Empty(run.Run.InFlight);
        Assert.Empty(run.Run.OpenVisits);
        Assert.Single(run.Events.OfType<RunEvent.RunEnded>());
    }

    private static SlotStatus Outcome(int what) => what switch
    {
        < 75 => SlotStatus.Completed,
        < 85 => SlotStatus.Failed,
        < 91 => SlotStatus.Timeout,
        < 97 => SlotStatus.Abandoned,
        _ => SlotStatus.Cancelled,
    };
}
