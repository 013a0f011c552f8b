using System.Text;
using Executor.Core;
using Executor.Core.Messages;
using Executor.Messaging.Amqp;
using RabbitMQ.Client;

namespace Executor.Actors.Tests.Messaging.Rabbit;

/// <summary>What can never be handled is kept for people after one try, and disturbs nobody.</summary>
[Trait("fault", "F35")]
public sealed class RabbitPoisonTests : AmqpStageFixture
{
    private static readonly CancellationToken Never = CancellationToken.None;

    [Fact]
    public async Task Poisoned_requests_are_parked_after_one_try_and_the_next_good_one_is_handled()
    {
        await using var world = await RabbitWorld.OpenAsync();
        await using var worker = new Reading<Delivery<TaskRequest>>(stop => world.Worker.Link.RequestsAsync("default", 10, stop));
        await using var dead = new Reading<Delivery<TaskRequest>>(world.Node.Tasks.DeadLettersAsync);
        dead.Ask();
        var poison = Poison(WireTypes.TaskRequest, WireJson.Write(Sample.Request(1)));

        await SendAsync(world, "executor.tasks", "default", poison);
        await world.Node.Tasks.PublishAsync([Sample.Request(2)], Never);

        Assert.Equal(Sample.Id(2), (await worker.NextAsync()).Message.Id);
        await ParkedAsync(world, poison.Length);
        Assert.True(dead.IsWaiting);
    }

    [Fact]
    public async Task Poisoned_results_are_parked_after_one_try_and_the_next_good_one_is_handled()
    {
        await using var world = await RabbitWorld.OpenAsync();
        await using var results = new Reading<Delivery<TaskResult>>(stop => world.Node.Results.ReadAsync(10, stop));
        await using var dead = new Reading<Delivery<TaskRequest>>(world.Node.Tasks.DeadLettersAsync);
        dead.Ask();
        BasicProperties anonymous = new() { Type = WireTypes.TaskResult };
        (byte[], BasicProperties)[] poison =
        [
            .. Poison(WireTypes.TaskResult, WireJson.Write(Sample.Result(1))),
            (WireJson.Write(Sample.Result(1)), anonymous),
        ];

        await SendAsync(world, "executor.results", "result", poison);
        await world.Worker.Link.ReportAsync(Sample.Result(2), Never);

        Assert.Equal(Sample.Id(2), (await results.NextAsync()).Message.Id);
        await ParkedAsync(world, poison.Length);
        Assert.True(dead.IsWaiting);
    }

    [Fact]
    public async Task Poisoned_claims_are_parked_and_no_answer_is_written_where_a_worker_may_not_write()
    {
        await using var world = await RabbitWorld.OpenAsync();
        await using var desk = new Reading<ClaimCall>(world.Node.Claims.ReadAsync);
        desk.Ask();
        var body = WireJson.Write(new ClaimCalls([Sample.Claim(1)], []));
        var user = world.Server.User;
        (byte[], BasicProperties)[] poison =
        [
            ("{"u8.ToArray(), Claim(user, "amq.rabbitmq.reply-to.x")),
            (body, Claim(null, "amq.rabbitmq.reply-to.x")),
            (body, Claim(user, null)),
            (body, Claim(user, "executor.results")),
        ];

        await SendAsync(world, "executor.claims", "claim", poison);
        var good = world.Worker.Link.ClaimAsync(Sample.Claim(2), Never);

        var call = Assert.IsType<ClaimCall.OfClaim>(await desk.NextAsync());
        Assert.Equal(Sample.Id(2), call.Claim.Id);
        await call.Reply(new ClaimAnswer.Refused(Sample.Id(2)));
        await good;
        await ParkedAsync(world, poison.Length);
        Assert.Equal(0u, await CountAsync(world, "executor.results"));
    }

    [Fact]
    public async Task A_result_that_came_back_too_often_goes_round_again()
    {
        await using var world = await RabbitWorld.OpenAsync();
        await using var results = new Reading<Delivery<TaskResult>>(stop => world.Node.Results.ReadAsync(10, stop));
        await using var dead = new Reading<Delivery<TaskRequest>>(world.Node.Tasks.DeadLettersAsync);
        dead.Ask();
        var properties = Properties(world.Server.User, WireTypes.TaskResult);
        properties.Headers = new Dictionary<string, object?> { ["x-first-death-reason"] = "delivery_limit" };

        await SendAsync(world, "executor.dead", "", [(WireJson.Write(Sample.Result(1)), properties)]);

        Assert.Equal(Sample.Result(1), (await results.NextAsync()).Message);
    }

    [Fact]
    public async Task A_dead_letter_that_is_rejected_is_parked_with_its_reason()
    {
        await using var world = await RabbitWorld.OpenAsync();
        await using var worker = new Reading<Delivery<TaskRequest>>(stop => world.Worker.Link.RequestsAsync("default", 10, stop));
        await using var dead = new Reading<Delivery<TaskRequest>>(world.Node.Tasks.DeadLettersAsync);
        await world.Node.Tasks.PublishAsync([Sample.Request(1)], Never);
        await (await worker.NextAsync()).Reject("No such action.");

        await (await dead.NextAsync()).Reject("Its run is unknown.");

        var parked = await ParkedAsync(world, 1);
        Assert.Equal("Its run is unknown.", parked[0]);
    }

    [Fact]
    [Trait("vector", "7 expired unread")]
    public async Task A_request_that_its_queue_let_expire_says_so_and_one_that_was_rejected_does_not()
    {
        await using var world = await RabbitWorld.OpenAsync();
        await using var worker = new Reading<Delivery<TaskRequest>>(stop => world.Worker.Link.RequestsAsync("default", 1, stop));
        await using var dead = new Reading<Delivery<TaskRequest>>(world.Node.Tasks.DeadLettersAsync);
        await world.Node.Tasks.PublishAsync([Sample.Request(1)], Never);
        var busyWith = await worker.NextAsync();
        var properties = Properties(world.Server.User, WireTypes.TaskRequest);
        properties.Expiration = "1";

        await SendAsync(world, "executor.tasks", "default", [(WireJson.Write(Sample.Request(2)), properties)]);

        var expired = await dead.NextAsync();
        Assert.Equal(Sample.Request(2), expired.Message);
        Assert.True(expired.HasExpired);
        await busyWith.Reject("No such action.");
        Assert.False((await dead.NextAsync()).HasExpired);
    }

    private (byte[] Body, BasicProperties Properties)[] Poison(string type, byte[] good)
    {
        var user = Server.User;
        var bomb = Properties(user, type);
        bomb.Headers = Enumerable.Range(0, 500).ToDictionary(place => $"h{place}", place => (object?)new string('x', 100));
        var text = Encoding.UTF8.GetString(good);
        var huge = Encoding.UTF8.GetBytes(text + new string(' ', 5 * 1024 * 1024));
        return
        [
            ([], Properties(user, type)),
            ("{"u8.ToArray(), Properties(user, type)),
            ("null"u8.ToArray(), Properties(user, type)),
            ([0xFF, 0xFE, 0x00], Properties(user, type)),
            (good[..^1], Properties(user, type)),
            (good, Properties(user, "task.request.v9")),
            (good, Properties(user, null)),
            (Encoding.UTF8.GetBytes(text.Replace(Sample.Id(1).Text, Sample.Id(2).Text, StringComparison.Ordinal)), Properties(user, type)),
            (huge, Properties(user, type)),
            ("[]"u8.ToArray(), bomb),
        ];
    }

    private static BasicProperties Properties(string user, string? type)
    {
        var properties = new BasicProperties { UserId = user, Persistent = true };
        if (type is not null)
        {
            properties.Type = type;
        }

        return properties;
    }

    private static BasicProperties Claim(string? user, string? replyTo)
    {
        var properties = new BasicProperties { Type = WireTypes.ClaimCalls };
        if (user is not null)
        {
            properties.UserId = user;
        }

        if (replyTo is not null)
        {
            properties.ReplyTo = replyTo;
        }

        return properties;
    }

    private async Task SendAsync(
        RabbitWorld world, string exchange, string key, (byte[] Body, BasicProperties Properties)[] messages)
    {
        await using var connection = Connect(world.Server.AddressOf(world.Vhost));
        var settings = AmqpSinkSettings.Create(connection).WithExchange(exchange);
        var sent = await PublishAsync(
            settings, [.. messages.Select(each => new OutgoingMessage(each.Body, each.Properties, key))]);
        Assert.All(sent, outcome => Assert.IsType<PublishOutcome.Confirmed>(outcome));
    }

    /// <returns>The reasons.</returns>
    private static async Task<string[]> ParkedAsync(RabbitWorld world, int count)
    {
        await RabbitServer.UntilAsync(async () => await CountAsync(world, "executor.dead.parked") == count);
        Assert.Equal(0u, await CountAsync(world, "executor.dead.letters"));
        var parked = await world.Server.TakeAsync(world.Vhost, "executor.dead.parked", count);
        return [.. parked.Select(message => (string)message!["properties"]!["headers"]!["x-reason"]!)];
    }

    private static async Task<uint> CountAsync(RabbitWorld world, string queue)
    {
        var connection = await world.Node.Consuming.OpenAsync(Never);
        await using var channel = await connection.CreateChannelAsync();
        return (await channel.QueueDeclarePassiveAsync(queue)).MessageCount;
    }
}
