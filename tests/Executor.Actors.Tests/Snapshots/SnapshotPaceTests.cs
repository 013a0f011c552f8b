using Executor.Actors.Snapshots;

namespace Executor.Actors.Tests.Snapshots;

public sealed class SnapshotPaceTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(1_000)]
    public void All_snapshots_of_a_run_together_cost_in_proportion_to_its_journal(int weightOfEntry)
    {
        var pace = new SnapshotPace(500, 0);
        var (journal, snapshots, longest, last) = (0L, 0L, 0L, 0L);
        for (var entry = 1L; entry <= 200_000; entry++)
        {
            journal += weightOfEntry;
            pace.Grow(weightOfEntry);
            if (pace.IsDue(entry))
            {
                pace.Begin(entry);
                pace.Measured(journal);
                snapshots += journal;
                longest = Math.Max(longest, entry - last);
                last = entry;
            }
        }

        // A state that keeps all of its journal is the worst there is.
        Assert.True(snapshots <= journal * 3 / 2 + (500 * weightOfEntry), $"{snapshots} for a journal of {journal}");
        Assert.True(last > 200_000 / 3, $"the last one after {last} entries");
    }

    [Fact]
    public void A_state_that_stays_small_has_a_short_tail_however_long_its_journal()
    {
        var pace = new SnapshotPace(500, 0);
        var last = 0L;
        for (var entry = 1L; entry <= 100_000; entry++)
        {
            pace.Grow(300);
            if (pace.IsDue(entry))
            {
                Assert.Equal(500, entry - last);
                last = entry;
                pace.Begin(entry);
                pace.Measured(20_000);
            }
        }
    }

    [Fact]
    public void The_last_two_stay()
    {
        var pace = new SnapshotPace(500, 700);

        Assert.Equal(699, pace.Saved(1_300));
        Assert.Equal(1_299, pace.Saved(2_000));
        Assert.Equal(0, new SnapshotPace(500, 0).Saved(500));
    }

    [Fact]
    public void One_that_failed_is_not_tried_again_at_once()
    {
        var pace = new SnapshotPace(5, 0);
        pace.Begin(5);

        Assert.False(pace.IsDue(9));
        Assert.True(pace.IsDue(10));
    }
}
