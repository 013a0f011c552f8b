using Executor.Core.Explaining;
using Executor.Core.Runs;
using Executor.Core.Tests.Explaining;

namespace Executor.Core.Tests.Runs;

/// <summary>Work for which there is no worker yet.</summary>
public sealed class NoWorkerTests
{
    [Fact]
    [Trait("lesson", "10.6")]
    public void It_waits_for_minutes_says_for_whom_and_until_when_and_is_done_by_the_first_that_comes()
    {
        var run = Scenario.OfFlow("a: pool: gpu");

        run.After(120);

        Assert.Equal((RunStatus.Running, "a"), (run.Status, Assert.Single(run.Out)));
        Assert.Matches(
            "for a worker of pool 'gpu', .*; the run waits for it until [0-9]", Explained.Only(run, "a", SentenceKind.AtWork));
        Assert.Equal(RunStatus.Completed, run.Succeed("a").Status);
    }
}
