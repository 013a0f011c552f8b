using Executor.Actors.Tests.Telemetry;
using Executor.Core.Messages;
using Executor.Core.Runs;
using Executor.Messaging;
using Slots = Executor.Actors.Tests.Contracts.Sample;

namespace Executor.Actors.Tests.Messaging.Rabbit;

/// <summary>Whose slots a user of the broker may claim, from the broker to the guard and back.</summary>
[Trait("threat", "T14")]
public sealed class RabbitPoolTests : IAsyncLifetime
{
    private static readonly CancellationToken Never = CancellationToken.None;

    private readonly string _own = Pool();
    private readonly string _other = Pool();
    private RabbitWorld _world = null!;

    public async Task InitializeAsync()
    {
        _world = await RabbitWorld.OpenAsync();
        foreach (var pool in new[] { _own, _other })
        {
            await _world.Server.AddUserAsync(PoolUsers.Prefix + pool, "w");
            await _world.Server.GrantAsync(_world.Vhost, PoolUsers.Prefix + pool, ".*", ".*", ".*");
        }
    }

    public async Task DisposeAsync()
    {
        await _world.DisposeAsync();
        await _world.Server.DeleteUserAsync(PoolUsers.Prefix + _own);
        await _world.Server.DeleteUserAsync(PoolUsers.Prefix + _other);
    }

    [Fact]
    public async Task A_slot_is_refused_to_the_user_of_another_pool_by_name_and_still_there_for_that_of_its_own()
    {
        await using var desk = new DeskUnderTest(_world.Node.Claims);
        await desk.Guard.ReserveAsync([Slots.Reservation(1, pool: _own)], Never);
        await using var stranger = await WorkerAsync(_other);
        await using var worker = await WorkerAsync(_own);
        using var counted = new Counted("executor.claims", "pool");
        var before = await desk.Guard.RowsAsync(Slots.Run, Never);

        var refused = await stranger.Link.ClaimAsync(Slots.Claim(1, "c-1", $"{_other}.w1"), Never);

        Assert.Equal(new ClaimAnswer.Refused(Slots.Id(1), "claim.pool"), refused);
        Assert.Equal(before, await desk.Guard.RowsAsync(Slots.Run, Never));
        Assert.True(counted.Sum >= 1);
        Assert.Contains($"user {PoolUsers.Prefix + _other} of the broker may serve {_other}", desk.NextWarning());
        var row = Assert.Single(await desk.Audit.LatestAsync(9, Never));
        Assert.Equal(
            ($"broker user {PoolUsers.Prefix + _other}", $"{_other}.w1", "claim", "claim.pool"),
            (row.Principal, row.Address, row.Action, row.Outcome));
        Assert.Contains(_own, row.Object);
        Assert.Contains("run-1", row.Object);
        Assert.IsType<ClaimAnswer.Granted>(await worker.Link.ClaimAsync(Slots.Claim(1, "c-2", $"{_own}.w1"), Never));
        Assert.Equal(SlotStatus.Running, Assert.Single(await desk.Guard.RowsAsync(Slots.Run, Never)).Status);
    }

    [Fact]
    public async Task Who_knows_the_claim_of_another_is_refused_as_well_and_so_without_an_audit_that_answers()
    {
        await using var desk = new DeskUnderTest(_world.Node.Claims);
        await desk.Guard.ReserveAsync([Slots.Reservation(1, pool: _own)], Never);
        await using var stranger = await WorkerAsync(_other);
        await using var worker = await WorkerAsync(_own);
        Assert.IsType<ClaimAnswer.Granted>(await worker.Link.ClaimAsync(Slots.Claim(1, "c-1", $"{_own}.w1"), Never));
        desk.Audit.IsAway = true;

        var refused = await stranger.Link.ClaimAsync(Slots.Claim(1, "c-1", $"{_other}.w1"), Never);

        Assert.Equal(new ClaimAnswer.Refused(Slots.Id(1), "claim.pool"), refused);
        Assert.Equal($"{_own}.w1", Assert.Single(await desk.Guard.RowsAsync(Slots.Run, Never)).Worker);
        Assert.StartsWith("claim.pool: user", desk.NextWarning(), StringComparison.Ordinal);
        Assert.Contains("not written into the audit", desk.NextWarning());
    }

    private static string Pool() => $"p{Guid.NewGuid():N}"[..12];

    private Task<WorkerMessaging> WorkerAsync(string pool) => RabbitMessaging.ForWorkerAsync(
        RabbitWorld.Options(_world.Server, _world.Vhost, options => options.Address =
            new UriBuilder(options.Address) { UserName = PoolUsers.Prefix + pool, Password = "w" }.Uri),
        [pool], Never);
}
