using Xunit.Abstractions;

namespace Executor.Actors.Tests.Engine;

/// <summary>The same for a run that forks, publishes, joins and goes round: each lap opens each visit once.</summary>
public sealed class EveryCallOfLapsTests(ITestOutputHelper output) : EveryCallContract(output)
{
    protected override string Yaml =>
        """
        vars: {laps: 0}
        tasks:
          - {name: start, action: core.noop, next: [{do: [left, right]}]}
          - {name: left, action: core.noop, next: [{publish: {laps: "{{ laps + 1 }}"}, do: meet}]}
          - {name: right, action: core.noop, next: [{do: meet}]}
          - {name: meet, action: core.noop, join: all, next: [{when: "laps < 2", do: [left, right]}]}
        output_map: {laps: "{{ laps }}"}
        """;

    private protected override void Arrange(World world)
    {
    }

    private protected override Task SettledAsync(World world, CancellationToken stop) => world.SettledAsync(Run, stop);

    private protected override void Check(World world, FakeWorker worker)
    {
        Assert.Equal("""{"laps":2}""", world.StateOf(Run).Output.ToString());
        Assert.Equal(7, worker.Started.Count);
        Assert.Equal(2, worker.Started.Count(request => request.Slot.Task == "meet"));
    }
}
