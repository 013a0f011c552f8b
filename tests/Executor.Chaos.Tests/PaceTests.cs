using Executor.Chaos.Bars;
using Executor.Chaos.Ledgers;
using Executor.Core.Runs;

namespace Executor.Chaos.Tests;

/// <summary>How the time is measured in which a run stood still.</summary>
public sealed class PaceTests
{
    private static readonly RunId Run = new("run-1");
    private static readonly DateTimeOffset Noon = new(2030, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_silence_counts_from_the_last_begin_before_the_event_to_the_first_one_after_it()
    {
        var lines = Begins(0, 2, 3, 10, 11);

        Assert.Equal([TimeSpan.FromSeconds(7)], Pace.LongestSilence(lines, [Run], Noon.AddSeconds(5)));
        Assert.Equal([TimeSpan.FromSeconds(1)], Pace.LongestSilence(lines, [Run], Noon.AddSeconds(10.5)));
        Assert.Equal([TimeSpan.FromSeconds(5)], Pace.UntilNext(lines, [Run], Noon.AddSeconds(5)));
    }

    [Fact]
    public void A_run_that_was_over_before_the_event_says_nothing()
    {
        Assert.Empty(Pace.LongestSilence(Begins(0, 1), [Run], Noon.AddSeconds(2)));
        Assert.Empty(Pace.UntilNext(Begins(0, 1), [Run], Noon.AddSeconds(2)));
    }

    [Fact]
    public void A_bar_is_missed_by_its_worst_try()
    {
        var bar = new Bar("an event", "a time", TimeSpan.FromSeconds(5), (_, _, _) => throw new NotSupportedException());
        TimeSpan[] times = [TimeSpan.FromSeconds(6), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2)];

        Assert.False(new Tries(bar, times, Slack: 1).IsHeld);
        Assert.True(new Tries(bar, times, Slack: 2).IsHeld);
        Assert.Contains("an event  a time    3      2.0 s   6.0 s  5.0 s  NO", Tries.Table([new Tries(bar, times, Slack: 1)]), StringComparison.Ordinal);
    }

    private static LedgerLine[] Begins(params int[] seconds) =>
    [
        .. seconds.Select((second, item) => new LedgerLine(
            LedgerMark.Started, Noon.AddSeconds(second), Run, new Slot("step", 1, item, 1),
            DispatchId.Of(Run, new Slot("step", 1, item, 1)), Worker: 7)),
    ];
}
