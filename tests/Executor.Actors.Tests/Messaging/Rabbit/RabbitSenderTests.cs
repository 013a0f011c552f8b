using Executor.Core;
using Executor.Core.Messages;
using Executor.Messaging;

namespace Executor.Actors.Tests.Messaging.Rabbit;

/// <summary>The broker vouches for the user of a message, and the node for what that user may say.</summary>
[Trait("threat", "T14")]
public sealed class RabbitSenderTests
{
    private static readonly CancellationToken Never = CancellationToken.None;

    [Fact]
    public async Task The_user_of_one_pool_is_not_heard_as_a_worker_of_another_and_is_as_one_of_its_own()
    {
        var pool = $"p{Guid.NewGuid():N}"[..12];
        var user = PoolUsers.Prefix + pool;
        await using var world = await RabbitWorld.OpenAsync();
        await world.Server.AddUserAsync(user, "w");
        await world.Server.GrantAsync(world.Vhost, user, ".*", ".*", ".*");
        var options = RabbitWorld.Options(world.Server, world.Vhost, options => options.Address =
            new UriBuilder(options.Address) { UserName = user, Password = "w" }.Uri);
        await using (var worker = await RabbitMessaging.ForWorkerAsync(options, [pool], Never))
        {
            await SpeakAsync(world, worker.Link, pool);
        }

        await world.Server.DeleteUserAsync(user);
    }

    private static async Task SpeakAsync(RabbitWorld world, IWorkerLink worker, string pool)
    {
        await using var desk = new Reading<ClaimCall>(world.Node.Claims.ReadAsync);
        await using var results = new Reading<Delivery<TaskResult>>(stop => world.Node.Results.ReadAsync(10, stop));
        await using var beats = new Reading<WorkerBeat>(world.Node.Beats.ReadAsync);
        await using var dead = new Reading<Delivery<TaskRequest>>(world.Node.Tasks.DeadLettersAsync);
        desk.Ask();
        results.Ask();
        beats.Ask();
        dead.Ask();
        await RabbitServer.UntilAsync(async () => await world.Server.BoundQueuesAsync(world.Vhost, "executor.workers") == 1);
        using var enough = new CancellationTokenSource();

        var foreign = worker.ClaimAsync(Sample.Claim(1) with { Worker = "default.w1" }, enough.Token);
        await worker.ReportAsync(Sample.Result(1) with { Worker = "default.w1" }, Never);
        await worker.BeatAsync(Sample.Beat("default.w1", running: 1), Never);

        var parked = new List<string>();
        await RabbitServer.UntilAsync(async () =>
        {
            var taken = await world.Server.TakeAsync(world.Vhost, "executor.dead.parked", 10);
            parked.AddRange(taken.Select(message => (string)message!["properties"]!["type"]!));
            return parked.Contains(WireTypes.ClaimCalls) && parked.Contains(WireTypes.TaskResult);
        });
        await enough.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => foreign);
        var own = worker.ClaimAsync(Sample.Claim(2) with { Worker = $"{pool}.w1" }, Never);
        var call = Assert.IsType<ClaimCall.OfClaim>(await desk.NextAsync());
        Assert.Equal(Sample.Id(2), call.Claim.Id);
        await call.Reply(new ClaimAnswer.Refused(Sample.Id(2)));
        await own;
        await worker.ReportAsync(Sample.Result(2) with { Worker = $"{pool}.w1" }, Never);
        var result = await results.NextAsync();
        Assert.Equal(Sample.Id(2), result.Message.Id);
        await result.Ack();
        await worker.BeatAsync(Sample.Beat($"{pool}.w1", running: 2), Never);
        Assert.Equal($"{pool}.w1", (await beats.NextAsync()).Worker);
    }
}
