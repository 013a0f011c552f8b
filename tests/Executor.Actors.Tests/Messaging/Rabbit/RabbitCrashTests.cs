using System.Diagnostics;
using System.Text;
using Executor.Core;
using Executor.Core.Messages;
using Executor.Core.Runs;

namespace Executor.Actors.Tests.Messaging.Rabbit;

/// <summary>A broker of its own, killed in the middle of work.</summary>
public sealed class RabbitCrashTests : IAsyncLifetime
{
    private static readonly CancellationToken Never = CancellationToken.None;
    private readonly OwnRabbit _rabbit = new();

    public Task InitializeAsync() => _rabbit.StartAsync();

    public async Task DisposeAsync() => await _rabbit.DisposeAsync();

    [Fact]
    [Trait("fault", "F30")]
    public async Task What_was_confirmed_survives_kill_9_the_rest_is_repeated_and_work_goes_on_soon_after_the_port_opens()
    {
        await using var world = await RabbitWorld.OpenAsync(server: _rabbit.Server);
        var broker = world.Broker;
        var confirmed = new HashSet<DispatchId>();
        var unknown = new List<TaskRequest>();
        await PublishAsync(broker, Sample.Requests(200), confirmed, unknown);
        await RabbitServer.UntilAsync(() => IsRegisteredAsync("executor.tasks.default"));
        var kill = _rabbit.KillAsync();
        for (var batch = 1; unknown.Count == 0; batch++)
        {
            var items = Enumerable.Range(batch * 200, 200).Select(item => Sample.Request(item)).ToArray();
            await PublishAsync(broker, items, confirmed, unknown);
        }

        await kill;
        await _rabbit.StartAsync();
        var up = Stopwatch.StartNew();
        await using var worker = new Reading<Delivery<TaskRequest>>(
            stop => broker.Worker.RequestsAsync("default", 200, stop));
        var arrived = new HashSet<DispatchId> { await TakeAsync(worker) };
        var back = up.Elapsed;
        while (unknown.Count > 0)
        {
            var again = unknown.ToArray();
            unknown.Clear();
            await PublishAsync(broker, again, confirmed, unknown);
        }

        while (!confirmed.IsSubsetOf(arrived))
        {
            arrived.Add(await TakeAsync(worker));
        }

        Assert.True(confirmed.Count > 200);
        Assert.InRange(back, TimeSpan.Zero, TimeSpan.FromSeconds(20));
        await ClaimsAreAnsweredAsync(broker);
    }

    /// <summary>What it had is lost; the guard knows of it, and the reconciler has it sent again.</summary>
    [Fact]
    [Trait("fault", "F38")]
    public async Task A_broker_that_comes_back_with_an_empty_disk_gets_all_queues_again_and_what_is_sent_again()
    {
        await using var world = await RabbitWorld.OpenAsync(server: _rabbit.Server);
        var broker = world.Broker;
        await using var worker = new Reading<Delivery<TaskRequest>>(stop => broker.Worker.RequestsAsync("default", 1, stop));
        Assert.DoesNotContain(false, await broker.Tasks.PublishAsync(Sample.Requests(20), Never));
        await worker.NextAsync();

        await _rabbit.KillAsync();
        _rabbit.Wipe();
        await _rabbit.StartAsync();
        await _rabbit.Server.CreateVhostAsync(world.Vhost);
        var (sent, lost) = (new HashSet<DispatchId>(), Sample.Requests(20).ToList());
        await RabbitServer.UntilAsync(async () =>
        {
            var again = lost.ToArray();
            lost.Clear();
            await PublishAsync(broker, again, sent, lost);
            return lost.Count == 0;
        });

        var arrived = new HashSet<DispatchId>();
        while (arrived.Count < 20)
        {
            arrived.Add(await TakeAsync(worker));
        }

        await ClaimsAreAnsweredAsync(broker);
    }

    private static async Task ClaimsAreAnsweredAsync(Broker broker)
    {
        await using var desk = new Reading<ClaimCall>(broker.Claims.ReadAsync);
        var asked = broker.Worker.ClaimAsync(Sample.Claim(1), Never);
        var call = Assert.IsType<ClaimCall.OfClaim>(await desk.NextAsync());
        await call.Reply(new ClaimAnswer.Refused(Sample.Id(1)));
        Assert.IsType<ClaimAnswer.Refused>(await asked);
    }

    /// <summary>
    /// Whether a queue has reached the list on the broker's disk, which is written a moment after it was declared: killed
    /// before that, RabbitMQ 3.10 does not start the queue again.
    /// </summary>
    private async Task<bool> IsRegisteredAsync(string queue)
    {
        var data = Path.Combine(_rabbit.Folder, "rabbitmq", "mnesia");
        var list = Directory.GetFiles(data, "names.dets", SearchOption.AllDirectories)
            .Single(file => file.Contains("/quorum/", StringComparison.Ordinal));
        var text = Encoding.Latin1.GetString(await File.ReadAllBytesAsync(list));
        return text.Contains(queue, StringComparison.Ordinal);
    }

    private static async Task PublishAsync(
        Broker broker, TaskRequest[] batch, HashSet<DispatchId> confirmed, List<TaskRequest> unknown)
    {
        var taken = await broker.Tasks.PublishAsync(batch, Never);
        confirmed.UnionWith(batch.Where((_, place) => taken[place]).Select(request => request.Id));
        unknown.AddRange(batch.Where((_, place) => !taken[place]));
    }

    private static async Task<DispatchId> TakeAsync(Reading<Delivery<TaskRequest>> worker)
    {
        var delivery = await worker.NextAsync();
        await delivery.Ack();
        return delivery.Message.Id;
    }
}
