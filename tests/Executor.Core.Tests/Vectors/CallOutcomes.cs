using Executor.Core.Runs;
using Executor.Core.Tests.Runs.Calls;

namespace Executor.Core.Tests.Vectors;

public sealed class CallOutcomes
{
    private const string Library = """
        ref: lib.middle
        tasks: [{name: below, action: lib.leaf}]
        ---
        ref: lib.leaf
        tasks: [{name: work, action: core.noop}]
        """;

    [Fact]
    [Trait("vector", "W19")]
    public void A_failure_at_the_bottom_fails_every_level_and_each_names_its_own_task()
    {
        var family = new Family(Library, "tasks: [{name: top, action: lib.middle}]").Settle();

        family.Fail(family.Run("top", "below"), "work");

        RunState[] levels = [family.Main, family.Run("top"), family.Run("top", "below")];
        Assert.All(levels, run => Assert.Equal(RunStatus.Failed, run.Status));
        Assert.Equal(
            ["top", "below", "work"], levels.Select(run => run.Error!["Workflow failed: 1 task(s) failed: ".Length..]));
    }
}
