using Executor.Actors.Tests.Engine;
using Executor.Core.Runs;
using Executor.Core.Values;
using Xunit.Abstractions;

namespace Executor.Actors.Tests.Results;

/// <summary>Results beside the journal, also of a called run, read and handed on, with a fault at every call.</summary>
public sealed class EveryCallOfResultTests(ITestOutputHelper output) : EveryCallContract(output)
{
    /// <summary>What was just stored is at hand, until the process dies.</summary>
    protected override IReadOnlyList<string> ByChance => ["stored.fetch"];

    protected override string Yaml =>
        """
        ref: test.large
        tasks:
          - name: parts
            action: core.noop
            with_items: [a, b]
            concurrency: 2
            next:
              - {publish: {all: "{{ result() }}"}, do: whole}
          - name: whole
            action: test.called
            next:
              - {when: result().text == 'large' and length(workflow.all) == 2, do: last}
          - name: last
            action: core.noop
            input: {first: "{{ workflow.all[0] }}"}
        output_map: {all: "{{ workflow.all }}", called: "{{ task.whole.text }}"}
        """;

    private protected override void Arrange(World world)
    {
        world.InlineResult = 1;
        world.Workflows["test.called"] = World.Workflow(
            """
            ref: test.called
            tasks:
              - {name: one, action: core.noop}
            output_map: {text: large}
            """);
    }

    private protected override Task SettledAsync(World world, CancellationToken stop) =>
        world.FamilySettledAsync(Run, stop);

    private protected override FakeWorker WorkerOf(World world) => new(
        world.Queue, () => DateTimeOffset.UtcNow, act: request => new ItemOutcome(
            SlotStatus.Completed, Value.Map.Empty.With("of", Value.Of($"{request.Slot.Task}[{request.Slot.Item}]"))));

    private protected override void Check(World world, FakeWorker worker)
    {
        Assert.Equal(
            """{"all":[{"of":"parts[0]"},{"of":"parts[1]"}],"called":"large"}""", world.StateOf(Run).Output.ToString());
        Assert.Equal(
            """{"first":{"of":"parts[0]"}}""", worker.Started.Single(request => request.Slot.Task == "last").Input.ToString());
        Assert.All(
            world.EntriesOf(Run).SelectMany(entry => entry.Events).OfType<RunEvent.ItemFinished>(),
            end => Assert.IsType<Value.Stored>(end.Outcome.Result));
    }
}
