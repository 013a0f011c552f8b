using Akka.Actor;
using Executor.Actors.Runs;
using Executor.Core.Runs;
using Executor.Core.Values;

namespace Executor.Actors.Tests.Engine;

/// <summary>A run that lives on one node, on another, and on the first again keeps all that it wrote.</summary>
public sealed class ThereAndBackTests
{
    private static readonly RunId Run = new("run-1");
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private const string Items =
        """
        ref: test.items
        tasks:
          - name: work
            action: core.noop
            with_items: [a, b, c, d, e, f]
        """;

    [Fact]
    [Trait("fault", "F14")]
    public async Task All_events_are_recovered_with_the_settings_of_production()
    {
        await using var journal = new TestEngine();
        await using var a = await journal.NodeAsync("a", AsInProduction);
        await using var b = await journal.NodeAsync("b", AsInProduction);
        var workflow = TestEngine.Workflow(Items);
        await a.StartRunAsync(Run, workflow, Value.Map.Empty, RunLimits.Default, null, CancellationToken.None);
        await FinishAsync(a, 0);
        await LetGoAsync(a);
        await FinishAsync(b, 1);
        await FinishAsync(b, 2);
        await LetGoAsync(b);
        await FinishAsync(a, 3);
        await FinishAsync(a, 4);
        await LetGoAsync(a);

        await using var c = await journal.NodeAsync("c", AsInProduction);
        var state = await c.StateAsync(Run, CancellationToken.None);

        Assert.Equal(6, state.Entries);
        Assert.Equal([5], state.InFlight.Keys.Select(slot => slot.Item));
    }

    private static ActorsOptions AsInProduction(ActorsOptions options) => options with
    {
        ConfigurationFile = "embedded.conf",
        LogLevel = "OFF",
        IdleAfter = TimeSpan.FromMilliseconds(100),
    };

    private static async Task FinishAsync(ExecutorSystem node, int item)
    {
        var command = new RunCommand.FinishItem(
            new Slot("work", 1, item, 1), new ItemOutcome(SlotStatus.Completed, Value.Null), DateTimeOffset.UtcNow);
        var accepted = await node.System.ActorSelection("/user/runs").Ask<Accepted>(new ForRun(Run, command), Patience);
        Assert.Null(accepted.Refusal);
    }

    /// <summary>The actor goes to sleep; its node, with its journal's writer, lives on.</summary>
    private static Task LetGoAsync(ExecutorSystem node) => Eventually.IsAsync(
        async () =>
        {
            var found = await node.System.ActorSelection($"/user/runs/{Run}").Ask<ActorIdentity>(new Identify(null), Patience);
            return found.Subject is null;
        },
        CancellationToken.None);
}
