using Executor.Core.Tests.Simulation.Engine;
using Executor.Core.Tests.Simulation.Programs;
using Xunit.Abstractions;

namespace Executor.Core.Tests.Simulation.Exploring;

/// <summary>
/// Tiny workflows in every schedule that departs from the dullest one at most twice, one departure being a crash: of
/// a node or of a worker, between any two effects.
/// </summary>
public sealed class TinyProgramTests(ITestOutputHelper output)
{
    private const string ItemsThenSuccessor = """
        ref: tiny.items
        tasks:
          - name: items
            action: core.noop
            with_items: [a, b]
            concurrency: 2
            next: [{do: report}]
          - {name: report, action: core.noop}
        """;

    private const string JoinOfTwo = """
        ref: tiny.join
        tasks:
          - {name: left, action: core.noop, next: [{do: both}]}
          - {name: right, action: core.noop, next: [{do: both}]}
          - {name: both, action: core.noop, join: all}
        """;

    private const string OneRetry = """
        ref: tiny.retry
        tasks:
          - {name: again, action: core.noop, retry: {count: 1, delay: 1}, next: [{do: report}]}
          - {name: report, action: core.noop}
        """;

    private const string OneTask = """
        ref: tiny.task
        cancellation_policy: cancel_running
        tasks:
          - {name: only, action: core.noop}
        """;

    [Theory]
    [InlineData(nameof(ItemsThenSuccessor), false)]
    [InlineData(nameof(JoinOfTwo), false)]
    [InlineData(nameof(OneRetry), false)]
    [InlineData(nameof(OneTask), true)]
    public void Two_departures_of_which_one_is_a_crash_break_nothing(string program, bool cancels)
    {
        var yaml = program switch
        {
            nameof(ItemsThenSuccessor) => ItemsThenSuccessor,
            nameof(JoinOfTwo) => JoinOfTwo,
            nameof(OneRetry) => OneRetry,
            _ => OneTask,
        };
        var scenario = Scenario.Read(yaml + "\n", new Dictionary<string, string> { ["again"] = "f1" });
        var profile = Explorer.ProfileOf(1, cancels, FaultKind.NodeCrash, FaultKind.WorkerKill);
        var explorer = new Explorer(scenario, profile, length: 120);

        explorer.Explore(departures: 2);

        output.WriteLine($"{program}: {explorer.Runs} schedules, {explorer.Statistics.Steps} steps");
        Assert.True(explorer.Violation is null, explorer.Violation?.ToString());
        Assert.True(explorer.Statistics.Faults[(int)FaultKind.NodeCrash] > 100, "hardly a crash was tried");
    }
}
