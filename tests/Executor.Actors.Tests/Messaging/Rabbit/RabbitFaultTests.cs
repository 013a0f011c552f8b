using Executor.Core;
using Executor.Core.Messages;
using Executor.Core.Runs;
using Executor.Core.Values;
using Executor.Messaging;
using Executor.Messaging.Amqp;

namespace Executor.Actors.Tests.Messaging.Rabbit;

/// <summary>What happens to connections and queues while the ports are in use.</summary>
public sealed class RabbitFaultTests
{
    private static readonly CancellationToken Never = CancellationToken.None;

    [Fact]
    [Trait("fault", "F31")]
    [Trait("lesson", "9.9")]
    public async Task After_ten_forced_closes_each_queue_has_its_one_consumer_and_everything_has_arrived()
    {
        await using var world = await RabbitWorld.OpenAsync();
        var broker = world.Broker;
        await using var worker = new Reading<Delivery<TaskRequest>>(stop => broker.Worker.RequestsAsync("default", 10, stop));
        await using var results = new Reading<Delivery<TaskResult>>(stop => broker.Results.ReadAsync(10, stop));
        await using var claims = new Reading<ClaimCall>(broker.Claims.ReadAsync);
        results.Ask();
        claims.Ask();

        for (var round = 0; round < 10; round++)
        {
            await world.CutAllAsync();
            await PublishAsync(broker, Sample.Request(round));
            await TakeAsync(worker, Sample.Id(round));
        }

        await broker.Worker.ReportAsync(Sample.Result(1), Never);
        Assert.Equal(Sample.Id(1), (await results.NextAsync()).Message.Id);
        foreach (var queue in new[] { "executor.tasks.default", "executor.results", "executor.claims" })
        {
            await RabbitServer.UntilAsync(async () => await world.Server.ConsumersAsync(world.Vhost, queue) == 1);
        }
    }

    [Fact]
    [Trait("fault", "F31")]
    public async Task A_claim_asked_over_a_lost_connection_is_asked_again_and_answered()
    {
        await using var world = await RabbitWorld.OpenAsync(options => options.AnswerPatience = TimeSpan.FromSeconds(30));
        var broker = world.Broker;
        await using var desk = new Reading<ClaimCall>(broker.Claims.ReadAsync);
        var asked = broker.Worker.ClaimAsync(Sample.Claim(1), Never);
        Assert.IsType<ClaimCall.OfClaim>(await desk.NextAsync());

        await world.CutAllAsync();

        var again = Assert.IsType<ClaimCall.OfClaim>(await desk.NextAsync());
        Assert.Equal(Sample.Claim(1), again.Claim);
        await again.Reply(new ClaimAnswer.Refused(Sample.Id(1)));
        Assert.IsType<ClaimAnswer.Refused>(await asked);
    }

    [Fact]
    [Trait("fault", "F31")]
    public async Task A_request_in_hand_over_a_lost_connection_comes_again_and_settling_the_old_one_is_void()
    {
        await using var world = await RabbitWorld.OpenAsync();
        var broker = world.Broker;
        await using var worker = new Reading<Delivery<TaskRequest>>(stop => broker.Worker.RequestsAsync("default", 10, stop));
        await PublishAsync(broker, Sample.Request(1));
        var old = await worker.NextAsync();

        await world.CutAllAsync();

        var again = await worker.NextAsync();
        Assert.Equal(old.Message, again.Message);
        await old.Ack();
        await again.Requeue();
        Assert.Equal(old.Message, (await worker.NextAsync()).Message);
    }

    [Fact]
    [Trait("fault", "F33")]
    public async Task A_deleted_task_queue_is_made_again_by_whoever_comes_first_and_used_by_both()
    {
        await using var world = await RabbitWorld.OpenAsync();
        var broker = world.Broker;
        await using var worker = new Reading<Delivery<TaskRequest>>(stop => broker.Worker.RequestsAsync("default", 10, stop));
        worker.Ask();
        for (var round = 0; round < 10; round++)
        {
            await PublishAsync(broker, Sample.Request(round));
            await TakeAsync(worker, Sample.Id(round));
            await world.Server.DeleteQueueAsync(world.Vhost, "executor.tasks.default");
        }
    }

    [Fact]
    [Trait("fault", "F33")]
    public async Task A_purged_task_queue_takes_what_is_sent_again()
    {
        await using var world = await RabbitWorld.OpenAsync();
        var broker = world.Broker;
        await PublishAsync(broker, Sample.Request(1));
        await world.Server.PurgeAsync(world.Vhost, "executor.tasks.default");

        await PublishAsync(broker, Sample.Request(1));

        await using var worker = new Reading<Delivery<TaskRequest>>(stop => broker.Worker.RequestsAsync("default", 10, stop));
        Assert.Equal(Sample.Request(1), (await worker.NextAsync()).Message);
    }

    [Fact]
    [Trait("fault", "F33")]
    public async Task Deleted_queues_of_results_and_claims_are_made_again()
    {
        await using var world = await RabbitWorld.OpenAsync(options => options.AnswerPatience = TimeSpan.FromSeconds(30));
        var broker = world.Broker;
        await world.Server.DeleteQueueAsync(world.Vhost, "executor.claims");
        var asked = broker.Worker.ClaimAsync(Sample.Claim(1), Never);
        await using var desk = new Reading<ClaimCall>(broker.Claims.ReadAsync);
        var call = Assert.IsType<ClaimCall.OfClaim>(await desk.NextAsync());
        await call.Reply(new ClaimAnswer.Refused(Sample.Id(1)));
        Assert.IsType<ClaimAnswer.Refused>(await asked);

        await using var results = new Reading<Delivery<TaskResult>>(stop => broker.Results.ReadAsync(10, stop));
        await broker.Worker.ReportAsync(Sample.Result(1), Never);
        await (await results.NextAsync()).Ack();
        await world.Server.DeleteQueueAsync(world.Vhost, "executor.results");

        // The reader makes it again; until then the worker is told that nobody has taken its result.
        await RabbitServer.UntilAsync(() => ReportedAsync(broker, Sample.Result(2)));
        Assert.Equal(Sample.Id(2), (await results.NextAsync()).Message.Id);
    }

    [Fact]
    public async Task Claims_that_come_while_one_is_on_its_way_go_together_and_are_answered_together()
    {
        await using var world = await RabbitWorld.OpenAsync(options =>
        {
            options.ClaimWindow = 1;
            options.AnswerPatience = TimeSpan.FromSeconds(30);
        });
        var broker = world.Broker;
        await using var desk = new Reading<ClaimCall>(broker.Claims.ReadAsync);
        var first = broker.Worker.ClaimAsync(Sample.Claim(0), Never);
        var call = Assert.IsType<ClaimCall.OfClaim>(await desk.NextAsync());
        var rest = Enumerable.Range(1, 50).Select(item => broker.Worker.ClaimAsync(Sample.Claim(item), Never)).ToArray();
        var renewal = broker.Worker.RenewAsync(new Renewal(Sample.Id(0), "w1", "c1"), Never);

        await call.Reply(new ClaimAnswer.Refused(Sample.Id(0)));
        await first;
        for (var answered = 0; answered < 51; answered++)
        {
            switch (await desk.NextAsync())
            {
                case ClaimCall.OfClaim claim:
                    await claim.Reply(new ClaimAnswer.Granted(claim.Claim.Id, "t", TimeSpan.FromSeconds(60)));
                    break;
                case ClaimCall.OfRenewal renewed:
                    await renewed.Reply(new RenewalAnswer(renewed.Renewal.Id, Running: true));
                    break;
                default:
                    Assert.Fail("There is no third kind.");
                    break;
            }
        }

        Assert.All(await Task.WhenAll(rest), answer => Assert.IsType<ClaimAnswer.Granted>(answer));
        Assert.Equal(Enumerable.Range(1, 50).Select(Sample.Id), (await Task.WhenAll(rest)).Select(answer => answer.Id));
        Assert.True((await renewal).Running);
        var queue = await MessagesAsync(world, "executor.claims");
        Assert.Equal(2, queue);
    }

    [Fact]
    public async Task A_request_too_large_for_a_message_is_a_dead_letter_at_once()
    {
        await using var world = await RabbitWorld.OpenAsync();
        var large = Sample.Request(1) with
        {
            Input = Value.Map.Empty.With("text", Value.Of(new string('x', WireJson.BodyLimit))),
        };
        var nameless = Sample.Request(2, pool: "#");

        Assert.Equal([true, true, true], await world.Node.Tasks.PublishAsync([large, nameless, Sample.Request(3)], Never));

        await using var dead = new Reading<Delivery<TaskRequest>>(world.Node.Tasks.DeadLettersAsync);
        await (await dead.NextAsync()).Requeue();
        var ids = (await dead.NextAsync(2)).Select(letter => letter.Message.Id).ToHashSet();
        Assert.Equal([Sample.Id(1), Sample.Id(2)], ids);
    }

    [Fact]
    public async Task A_result_too_large_for_a_message_is_a_failed_attempt_that_says_so()
    {
        await using var world = await RabbitWorld.OpenAsync();
        await using var results = new Reading<Delivery<TaskResult>>(stop => world.Node.Results.ReadAsync(10, stop));
        var large = Sample.Result(1) with
        {
            Outcome = new ItemOutcome(SlotStatus.Completed, Value.Of(new string('x', WireJson.BodyLimit))),
        };

        await world.Worker.Link.ReportAsync(large, Never);

        var outcome = (await results.NextAsync()).Message.Outcome;
        Assert.Equal(SlotStatus.Failed, outcome.Status);
        Assert.Contains("1048576", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("lesson", "9.4")]
    public async Task Two_nodes_and_two_workers_on_one_broker_all_receive()
    {
        await using var world = await RabbitWorld.OpenAsync();
        var options = RabbitWorld.Options(world.Server, world.Vhost);
        await using var secondNode = await RabbitMessaging.ForExecutorAsync(options, Never);
        await using var secondWorker = await RabbitMessaging.ForWorkerAsync(options, ["default"], Never);
        await using var one = new Reading<Delivery<TaskRequest>>(stop => world.Worker.Link.RequestsAsync("default", 1, stop));
        await using var two = new Reading<Delivery<TaskRequest>>(stop => secondWorker.Link.RequestsAsync("default", 1, stop));
        await using var first = new Reading<Delivery<TaskResult>>(stop => world.Node.Results.ReadAsync(1, stop));
        await using var second = new Reading<Delivery<TaskResult>>(stop => secondNode.Results.ReadAsync(1, stop));

        await world.Node.Tasks.PublishAsync(Sample.Requests(2), Never);
        await world.Worker.Link.ReportAsync(Sample.Result(1), Never);
        await secondWorker.Link.ReportAsync(Sample.Result(2), Never);

        var requests = await Task.WhenAll(one.NextAsync(), two.NextAsync());
        Assert.Equal(2, requests.Select(delivery => delivery.Message.Id).Distinct().Count());
        var results = await Task.WhenAll(first.NextAsync(), second.NextAsync());
        Assert.Equal(2, results.Select(delivery => delivery.Message.Id).Distinct().Count());
    }

    /// <summary>Messages that have ever gone into a queue.</summary>
    private static async Task<long> MessagesAsync(RabbitWorld world, string queue)
    {
        long count = 0;
        await RabbitServer.UntilAsync(async () =>
        {
            var now = (long?)(await world.Server.QueueAsync(world.Vhost, queue))?["message_stats"]?["ack"] ?? 0;
            var settled = now > 0 && now == count;
            count = now;
            return settled;
        });
        return count;
    }

    private static async Task PublishAsync(Broker broker, TaskRequest request) => await RabbitServer.UntilAsync(
        async () => (await broker.Tasks.PublishAsync([request], Never))[0]);

    private static async Task<bool> ReportedAsync(Broker broker, TaskResult result)
    {
        try
        {
            await broker.Worker.ReportAsync(result, Never);
            return true;
        }
        catch (AmqpUnavailableException)
        {
            return false;
        }
    }

    /// <summary>Acknowledges until it comes: what was sent with unknown fate may come twice.</summary>
    private static async Task TakeAsync(Reading<Delivery<TaskRequest>> worker, DispatchId id)
    {
        Delivery<TaskRequest> delivery;
        do
        {
            delivery = await worker.NextAsync();
            await delivery.Ack();
        }
        while (delivery.Message.Id != id);
    }
}
