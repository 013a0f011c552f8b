using Executor.Core.Messages;
using Executor.Core.Runs;

namespace Executor.Actors.Tests.Messaging.Rabbit;

/// <summary>A queue that the broker cannot serve: declared, taking messages, and never confirming one.</summary>
public sealed class RabbitSilenceTests : IAsyncLifetime
{
    private const string Stuck = "executor.tasks.stuck";
    private const int MoreThanItsWindow = 300;
    private static readonly CancellationToken Never = CancellationToken.None;
    private readonly OwnRabbit _rabbit = new();

    public Task InitializeAsync() => _rabbit.StartAsync();

    public async Task DisposeAsync() => await _rabbit.DisposeAsync();

    [Fact]
    [Trait("fault", "F30")]
    public async Task It_is_named_and_holds_up_no_other_and_once_it_is_deleted_all_that_it_was_sent_arrives()
    {
        await using var world = await RabbitWorld.OpenAsync(
            options =>
            {
                options.ConfirmPatience = TimeSpan.FromSeconds(60);
                options.SilencePatience = TimeSpan.FromSeconds(1);
            },
            _rabbit.Server);
        var broker = world.Broker;
        Assert.Equal([true, true], await broker.Tasks.PublishAsync([Sample.Request(0), OfStuck(0)], Never));
        await _rabbit.HushAsync(world.Vhost, Stuck);

        var waiting = broker.Tasks.PublishAsync([.. Enumerable.Range(1, MoreThanItsWindow).Select(OfStuck)], Never);
        for (var item = 1; item <= MoreThanItsWindow; item++)
        {
            Assert.Equal([true], await broker.Tasks.PublishAsync([Sample.Request(item)], Never));
        }

        await RabbitServer.UntilAsync(() => Task.FromResult(world.Node.SilentQueues.Count > 0));
        Assert.Equal([Stuck], world.Node.SilentQueues);
        Assert.False(waiting.IsCompleted, "The queue does confirm.");

        await world.Server.DeleteQueueAsync(world.Vhost, Stuck);
        await using var worker = new Reading<Delivery<TaskRequest>>(
            stop => broker.Worker.RequestsAsync("stuck", MoreThanItsWindow, stop));
        worker.Ask();
        var confirmed = await waiting;
        var again = Enumerable.Range(1, MoreThanItsWindow).Where(item => !confirmed[item - 1]).Select(OfStuck).ToArray();
        await RabbitServer.UntilAsync(
            async () => again.Length == 0 || (await broker.Tasks.PublishAsync(again, Never)).All(taken => taken));
        var arrived = new HashSet<DispatchId>();
        while (arrived.Count < again.Length)
        {
            var delivery = await worker.NextAsync();
            arrived.Add(delivery.Message.Id);
            await delivery.Ack();
        }

        await RabbitServer.UntilAsync(() => Task.FromResult(world.Node.SilentQueues.Count == 0));
    }

    private static TaskRequest OfStuck(int item) => Sample.Request(item) with { Pool = "stuck" };
}
