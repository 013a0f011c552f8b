using Executor.Core;
using Executor.Core.Messages;
using Executor.Messaging;

namespace Executor.Actors.Tests.Messaging.Rabbit;

/// <summary>The least rights with which a node and a worker can do their work.</summary>
public sealed class RabbitRightsTests
{
    private static readonly CancellationToken Never = CancellationToken.None;

    [Fact]
    public async Task Node_and_worker_work_with_the_rights_that_are_documented_for_them()
    {
        var server = RabbitServer.Shared;
        var vhost = await server.CreateVhostAsync();
        await server.AddUserAsync(vhost + "-node", "n");
        await server.AddUserAsync(vhost + "-worker", "w");
        await server.GrantAsync(vhost, vhost + "-node", @"^executor\..*", @"^(executor\..*|amq\.default)$", @"^executor\..*");
        await server.GrantAsync(
            vhost, vhost + "-worker", @"^executor\.control\.default\..*$",
            @"^executor\.(results|claims|workers|control\.default\..*)$", @"^executor\.(tasks\.default|control|control\.default\..*)$");
        await server.GrantTopicAsync(
            vhost, vhost + "-worker", "executor.control", "^$", @"^(pool\.default|worker\.default\..*)$");
        await using (var node = await RabbitMessaging.ForExecutorAsync(As(server, vhost, "-node", "n"), Never))
        {
            // The pool's queue is made with the first request; a worker without the right to make it only looks.
            Assert.Equal([true], await node.Tasks.PublishAsync([Sample.Request(1)], Never));
            await using var worker = await RabbitMessaging.ForWorkerAsync(As(server, vhost, "-worker", "w"), ["default"], Never);
            await WorkAsync(server, vhost, node, worker.Link);
        }

        await server.DeleteVhostAsync(vhost);
        await server.DeleteUserAsync(vhost + "-node");
        await server.DeleteUserAsync(vhost + "-worker");
    }

    private static async Task WorkAsync(RabbitServer server, string vhost, ExecutorMessaging node, IWorkerLink worker)
    {
        await using var requests = new Reading<Delivery<TaskRequest>>(stop => worker.RequestsAsync("default", 1, stop));
        await using var desk = new Reading<ClaimCall>(node.Claims.ReadAsync);
        await using var results = new Reading<Delivery<TaskResult>>(stop => node.Results.ReadAsync(1, stop));
        await using var cancels = new Reading<CancelRequest>(stop => worker.CancelsAsync("default.w1", ["default"], stop));
        await using var beats = new Reading<WorkerBeat>(node.Beats.ReadAsync);
        cancels.Ask();
        beats.Ask();

        await (await requests.NextAsync()).Ack();
        var claim = worker.ClaimAsync(Sample.Claim(1), Never);
        var call = Assert.IsType<ClaimCall.OfClaim>(await desk.NextAsync());
        await call.Reply(new ClaimAnswer.Refused(Sample.Id(1)));
        await claim;
        await worker.ReportAsync(Sample.Result(1), Never);
        await (await results.NextAsync()).Ack();
        await RabbitServer.UntilAsync(async () => await server.BoundQueuesAsync(vhost, "executor.control") == 1);
        await node.Tasks.CancelAsync(Sample.Cancel(1, worker: "default.w1"), Never);
        Assert.Equal(Sample.Id(1), (await cancels.NextAsync()).Id);
        await RabbitServer.UntilAsync(async () => await server.BoundQueuesAsync(vhost, "executor.workers") == 1);
        await worker.BeatAsync(Sample.Beat("default.w1", running: 3), Never);
        Assert.Equal(3, (await beats.NextAsync()).Running);
    }

    private static AmqpOptions As(RabbitServer server, string vhost, string user, string password) =>
        RabbitWorld.Options(server, vhost, options =>
        {
            options.Address = new UriBuilder(options.Address) { UserName = vhost + user, Password = "not this one" }.Uri;
            options.Password = password;
        });
}
