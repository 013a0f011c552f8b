using Akka.Streams.Dsl;
using Executor.Messaging.Amqp;

namespace Executor.Actors.Tests.Messaging.Rabbit;

/// <summary>For each message the flow tells once, and truly, what has become of it.</summary>
public sealed class AmqpFlowTests : AmqpStageFixture
{
    private const int Many = 1000;

    [Fact]
    public async Task Everything_is_confirmed_and_told_in_the_order_given()
    {
        var sent = await Source.From(Enumerable.Range(0, Many)).Select(number => (Message($"{number}"), number))
            .Via(AmqpFlow.Create<int>(Sink()))
            .RunWith(Akka.Streams.Dsl.Sink.Seq<(PublishOutcome Outcome, int Number)>(), Materializer);

        Assert.Equal(Enumerable.Range(0, Many), sent.Select(each => each.Number));
        Assert.All(sent, each => Assert.IsType<PublishOutcome.Confirmed>(each.Outcome));
        Assert.Equal(Many, (int)await ReadyAsync("q"));
    }

    [Fact]
    public async Task No_more_than_the_window_is_taken_before_the_broker_has_answered()
    {
        await using var nowhere = Connect(new Uri("amqp://nobody@127.0.0.1:1/"));
        var taken = 0;
        var settings = AmqpSinkSettings.Create(nowhere).WithWindow(7).WithWaitForConfirms(TimeSpan.FromSeconds(2));

        var sent = await Source.From(Enumerable.Range(0, 20))
            .Select(number => (Message($"{number}"), Interlocked.Increment(ref taken)))
            .Via(AmqpFlow.Create<int>(settings))
            .Select(each => (each.Outcome, Taken: Volatile.Read(ref taken)))
            .RunWith(Akka.Streams.Dsl.Sink.Seq<(PublishOutcome Outcome, int Taken)>(), Materializer);

        Assert.Equal(7, sent[0].Taken);
        Assert.Equal(20, sent.Count);
        Assert.All(sent, each => Assert.IsType<PublishOutcome.Unknown>(each.Outcome));
    }

    [Fact]
    [Trait("lesson", "9.2")]
    public async Task What_no_queue_takes_is_not_sent_and_what_follows_is()
    {
        var sent = await PublishAsync(Sink(), Message("a"), Message("b", key: "nobody"), Message("c"));

        Assert.IsType<PublishOutcome.Confirmed>(sent[0]);
        Assert.Contains("NO_ROUTE", Assert.IsType<PublishOutcome.Unroutable>(sent[1]).Reason, StringComparison.Ordinal);
        Assert.IsType<PublishOutcome.Confirmed>(sent[2]);
    }

    [Fact]
    public async Task An_exchange_that_is_not_there_is_no_route_and_the_next_message_gets_a_new_channel()
    {
        var settings = Sink().WithWindow(1);

        var sent = await PublishAsync(settings, Message("a", exchange: "gone"), Message("b"));

        Assert.IsType<PublishOutcome.Unroutable>(sent[0]);
        Assert.IsType<PublishOutcome.Confirmed>(sent[1]);
    }

    [Fact]
    public async Task A_full_queue_says_no_for_now()
    {
        var full = Quorum("full").WithArgument("x-max-length", 1).WithArgument("x-overflow", "reject-publish");
        var settings = AmqpSinkSettings.Create(Connection).WithDeclarations(full).WithWindow(1);

        var sent = await PublishAsync(settings, [.. Enumerable.Range(0, 20).Select(each => Message($"{each}", "full"))]);

        Assert.IsType<PublishOutcome.Confirmed>(sent[0]);
        Assert.IsType<PublishOutcome.Rejected>(sent[^1]);
    }

    [Fact]
    public async Task Without_the_right_a_message_is_refused_and_not_lost_sight_of()
    {
        var user = Vhost;
        await Server.AddUserAsync(user, "p");
        await Server.GrantAsync(Vhost, user, "^$", "^amq\\.default$", "^$");
        await using var poor = Connect(new UriBuilder(Server.AddressOf(Vhost)) { UserName = user, Password = "p" }.Uri);
        await PublishAsync(Sink(), Message("so that the queue is there"));
        var settings = AmqpSinkSettings.Create(poor).WithWindow(1);

        var sent = await PublishAsync(settings, Message("a", exchange: "amq.direct"), Message("b"));
        await Server.DeleteUserAsync(user);

        Assert.Contains("ACCESS_REFUSED", Assert.IsType<PublishOutcome.Refused>(sent[0]).Reason, StringComparison.Ordinal);
        Assert.IsType<PublishOutcome.Confirmed>(sent[1]);
    }

    [Fact]
    [Trait("fault", "F31")]
    public async Task A_connection_cut_in_the_middle_leaves_each_message_with_one_fate_and_no_confirmed_one_is_missing()
    {
        await PublishAsync(Sink(), Message("first"));
        var cut = Task.Run(async () =>
        {
            string[] connections = [];
            await RabbitServer.UntilAsync(async () => (connections = await Server.ConnectionsAsync(Vhost)).Length > 0);
            await Server.CutAsync(connections[0]);
        });

        var outcomes = new List<PublishOutcome>();
        while (!outcomes.Any(outcome => outcome is PublishOutcome.Unknown) || !cut.IsCompleted)
        {
            outcomes.AddRange(await PublishAsync(Sink(), [.. Enumerable.Range(0, 500).Select(each => Message($"{each}"))]));
        }

        await cut;
        Assert.All(outcomes, outcome => Assert.True(
            outcome is PublishOutcome.Confirmed or PublishOutcome.Unknown, outcome.ToString()));
        Assert.InRange(
            (int)await ReadyAsync("q"),
            outcomes.Count(outcome => outcome is PublishOutcome.Confirmed) + 1,
            outcomes.Count + 1);
    }

    [Fact]
    public async Task The_sink_completes_when_all_is_confirmed_and_fails_when_something_is_not()
    {
        await Source.From(Enumerable.Range(0, 10)).Select(each => Message($"{each}"))
            .RunWith(AmqpSink.Create(Sink()), Materializer);
        Assert.Equal(10, (int)await ReadyAsync("q"));

        await Assert.ThrowsAsync<AmqpUnavailableException>(
            () => Source.Single(Message("x", "nobody")).RunWith(AmqpSink.Create(Sink()), Materializer));
    }
}
