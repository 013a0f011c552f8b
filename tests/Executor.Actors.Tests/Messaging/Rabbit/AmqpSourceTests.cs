using System.Threading.Channels;
using Akka.Streams;
using Akka.Streams.Dsl;
using Executor.Messaging.Amqp;

namespace Executor.Actors.Tests.Messaging.Rabbit;

/// <summary>A consumer lives as long as its channel, and settles only what came over it.</summary>
public sealed class AmqpSourceTests : AmqpStageFixture
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task No_more_than_the_buffer_is_in_hand()
    {
        await FillAsync(20);
        var (stop, messages) = Run(bufferSize: 5);

        var taken = await TakeAsync(messages, 5);
        await RabbitServer.UntilAsync(async () => await ReadyAsync("q") == 15);
        Assert.False(messages.TryRead(out _));
        await taken[0].Ack();

        Assert.Equal("5", Text(await NextAsync(messages)));
        stop.Shutdown();
    }

    [Fact]
    public async Task Settling_twice_fails_and_hurts_nobody_else()
    {
        await FillAsync(3);
        var (stop, messages) = Run(bufferSize: 3);
        var taken = await TakeAsync(messages, 3);

        Assert.Equal(CommitOutcome.Sent, await taken[0].Ack());
        await Assert.ThrowsAsync<InvalidOperationException>(() => taken[0].Ack());
        await Assert.ThrowsAsync<InvalidOperationException>(() => taken[0].Nack());
        await Assert.ThrowsAsync<InvalidOperationException>(() => taken[0].Reject());

        Assert.Equal(CommitOutcome.Sent, await taken[1].Ack());
        Assert.Equal(CommitOutcome.Sent, await taken[2].Ack());
        stop.Shutdown();
        await RabbitServer.UntilAsync(async () => await Server.ConsumersAsync(Vhost, "q") == 0);
        Assert.Equal(0u, await ReadyAsync("q"));
    }

    [Fact]
    public async Task What_is_acknowledged_in_any_order_is_gone_and_the_rest_comes_again()
    {
        await FillAsync(300);
        var (stop, messages) = Run(bufferSize: 300);
        var taken = await TakeAsync(messages, 300);
        var order = taken.Where((_, place) => place % 3 != 0).ToArray();
        new Random(1).Shuffle(order);

        var outcomes = await Task.WhenAll(order.Select(message => message.Ack()));
        stop.Shutdown();

        Assert.All(outcomes, outcome => Assert.Equal(CommitOutcome.Sent, outcome));
        await RabbitServer.UntilAsync(async () => await ReadyAsync("q") == 100);
        var (stopAgain, left) = Run(bufferSize: 100);
        var again = await TakeAsync(left, 100);
        // In which order a queue hands on what comes back is the broker's affair.
        Assert.Equal(
            taken.Where((_, place) => place % 3 == 0).Select(Text).Order(StringComparer.Ordinal),
            again.Select(Text).Order(StringComparer.Ordinal));
        stopAgain.Shutdown();
    }

    [Fact]
    public async Task After_the_channel_is_lost_settling_is_stale_and_never_hangs()
    {
        await FillAsync(2);
        var (_, messages) = Run(bufferSize: 2);
        var taken = await TakeAsync(messages, 2);

        await CutAsync();
        await FailureOfAsync(messages);

        Assert.Equal(CommitOutcome.Stale, await taken[0].Ack());
        Assert.Equal(CommitOutcome.Stale, await taken[1].Reject());
        var (stop, again) = Run(bufferSize: 2);
        Assert.Equal(["0", "1"], (await TakeAsync(again, 2)).Select(Text));
        stop.Shutdown();
    }

    [Fact]
    [Trait("fault", "F33")]
    public async Task A_deleted_queue_fails_the_source_by_its_name_and_is_declared_again_by_the_next()
    {
        await FillAsync(1);
        var (_, messages) = Run(bufferSize: 2);
        await NextAsync(messages);

        await Server.DeleteQueueAsync(Vhost, "q");

        var gone = await FailureOfAsync(messages);
        Assert.Contains("'q'", gone.Message, StringComparison.Ordinal);
        var (stop, anew) = await RunUntilConsumingAsync(bufferSize: 2);
        await RabbitServer.UntilAsync(async () => (await PublishAsync(Sink(), Message("0")))[0] is PublishOutcome.Confirmed);
        Assert.Equal("0", Text(await NextAsync(anew)));
        stop.Shutdown();
    }

    [Fact]
    public async Task A_source_stopped_while_it_connects_leaves_no_consumer()
    {
        await FillAsync(1);
        for (var time = 0; time < 50; time++)
        {
            var (stop, _) = Run(bufferSize: 1);
            stop.Shutdown();
        }

        var (last, messages) = Run(bufferSize: 1);
        Assert.Equal("0", Text(await NextAsync(messages)));
        await RabbitServer.UntilAsync(async () => await Server.ConsumersAsync(Vhost, "q") == 1);
        last.Shutdown();
    }

    [Fact]
    public async Task What_is_rejected_for_good_goes_to_the_dead_letters_once()
    {
        var dead = Quorum("dead");
        var queue = Quorum("q2").WithArgument("x-dead-letter-exchange", "").WithArgument("x-dead-letter-routing-key", "dead");
        await PublishAsync(AmqpSinkSettings.Create(Connection).WithDeclarations(dead, queue), Message("x", "q2"));
        var (stop, messages) = Run(1, NamedQueueSourceSettings.Create(Connection, "q2"));

        await (await NextAsync(messages)).Nack(requeue: false);

        await RabbitServer.UntilAsync(async () => await ReadyAsync("dead") == 1);
        Assert.Equal(0u, await ReadyAsync("q2"));
        stop.Shutdown();
    }

    [Fact]
    public async Task At_most_once_acknowledges_before_it_emits()
    {
        await FillAsync(3);

        var taken = await AmqpSource.AtMostOnceSource(Queue(), bufferSize: 10).Take(3)
            .RunWith(Akka.Streams.Dsl.Sink.Seq<IncomingMessage>(), Materializer);

        Assert.Equal(3, taken.Count);
        await RabbitServer.UntilAsync(async () => await Server.ConsumersAsync(Vhost, "q") == 0);
        Assert.Equal(0u, await ReadyAsync("q"));
    }

    private async Task FillAsync(int count) => Assert.All(
        await PublishAsync(Sink(), [.. Enumerable.Range(0, count).Select(each => Message($"{each}"))]),
        outcome => Assert.IsType<PublishOutcome.Confirmed>(outcome));

    private (UniqueKillSwitch Stop, ChannelReader<CommittableMessage> Messages) Run(
        int bufferSize, NamedQueueSourceSettings? settings = null) =>
        AmqpSource.CommittableSource(settings ?? Queue(), bufferSize)
            .ViaMaterialized(KillSwitches.Single<CommittableMessage>(), Keep.Right)
            .ToMaterialized(ChannelSink.AsReader<CommittableMessage>(bufferSize), Keep.Both)
            .Run(Materializer);

    /// <summary>
    /// A broker that makes a queue of a name just deleted may answer with an internal error, or take nothing for it yet:
    /// sources are run again, and messages sent again.
    /// </summary>
    private async Task<(UniqueKillSwitch Stop, ChannelReader<CommittableMessage> Messages)> RunUntilConsumingAsync(
        int bufferSize)
    {
        while (true)
        {
            var (stop, messages) = Run(bufferSize);
            await RabbitServer.UntilAsync(async () =>
                messages.Completion.IsCompleted || await Server.ConsumersAsync(Vhost, "q") == 1);
            if (!messages.Completion.IsCompleted)
            {
                return (stop, messages);
            }
        }
    }

    private static Task<CommittableMessage> NextAsync(ChannelReader<CommittableMessage> messages) =>
        messages.ReadAsync().AsTask().WaitAsync(Patience);

    private static async Task<List<CommittableMessage>> TakeAsync(ChannelReader<CommittableMessage> messages, int count)
    {
        var taken = new List<CommittableMessage>();
        while (taken.Count < count)
        {
            taken.Add(await NextAsync(messages));
        }

        return taken;
    }

    /// <summary>Whatever comes before it is taken: a consumer that was made anew gets a message twice.</summary>
    private static Task<AmqpUnavailableException> FailureOfAsync(ChannelReader<CommittableMessage> messages) =>
        Assert.ThrowsAsync<AmqpUnavailableException>(async () =>
        {
            using var late = new CancellationTokenSource(Patience);
            await foreach (var _ in messages.ReadAllAsync(late.Token))
            {
            }
        });

    private async Task CutAsync()
    {
        string[] connections = [];
        await RabbitServer.UntilAsync(async () => (connections = await Server.ConnectionsAsync(Vhost)).Length > 0);
        await Server.CutAsync(connections[0]);
    }
}
