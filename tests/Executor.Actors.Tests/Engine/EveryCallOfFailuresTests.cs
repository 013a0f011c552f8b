using Executor.Core.Runs;
using Executor.Core.Values;
using Xunit.Abstractions;

namespace Executor.Actors.Tests.Engine;

/// <summary>
/// The same for a run in which things go wrong and are taken care of: a retry, a failure for good, a time that was up, items
/// of which one fails, a visit that fails while it opens.
/// </summary>
public sealed class EveryCallOfFailuresTests(ITestOutputHelper output) : EveryCallContract(output)
{
    protected override string Yaml =>
        """
        tasks:
          - name: again
            action: core.noop
            retry: {count: 2, delay: 0.01}
            next: [{when: succeeded(), do: bad}]
          - name: bad
            action: core.noop
            next: [{when: succeeded(), do: never}, {when: failed(), publish: {why: "{{ error() }}"}, do: [late, many]}]
          - name: late
            action: core.noop
            next: [{when: timed_out(), do: meet}]
          - name: many
            action: core.noop
            with_items: [0, 1, 2]
            concurrency: 2
            next: [{when: succeeded(), do: never}, {when: failed(), do: shut}]
          - {name: shut, action: core.noop, input: {no: "{{ workflow.why.nothing }}"}, next: [{when: failed(), do: meet}]}
          - {name: meet, action: core.noop, join: all}
          - {name: never, action: core.noop}
        output_map: {why: "{{ workflow.why }}"}
        """;

    private protected override void Arrange(World world)
    {
    }

    private protected override FakeWorker WorkerOf(World world) => new(
        world.Queue,
        () => DateTimeOffset.UtcNow,
        act: request => request.Slot switch
        {
            { Task: "again", Attempt: < 3 } or { Task: "bad" } or { Task: "many", Item: 1 } =>
                new ItemOutcome(SlotStatus.Failed, Value.Null, "broken"),
            { Task: "late" } => new ItemOutcome(SlotStatus.Timeout, Value.Null, "too slow"),
            _ => new ItemOutcome(SlotStatus.Completed, Value.Null),
        });

    private protected override Task SettledAsync(World world, CancellationToken stop) => world.SettledAsync(Run, stop);

    private protected override void Check(World world, FakeWorker worker)
    {
        Assert.Equal("""{"why":"broken"}""", world.StateOf(Run).Output.ToString());
        Assert.Equal(
            ["again 3", "bad 1", "late 1", "many 3", "meet 1"],
            worker.Started.CountBy(request => request.Slot.Task).Select(one => $"{one.Key} {one.Value}").Order());
    }
}
