using Xunit.Abstractions;

namespace Executor.Actors.Tests.Engine;

public sealed class EveryCallTests(ITestOutputHelper output) : EveryCallContract(output)
{
    protected override string Yaml => SeedWorkflow.Yaml;

    private protected override void Arrange(World world)
    {
    }

    private protected override Task SettledAsync(World world, CancellationToken stop) => world.SettledAsync(Run, stop);

    private protected override void Check(World world, FakeWorker worker)
    {
        Assert.Equal(6, world.StateOf(Run).DispatchCount);
        Assert.Equal(6, worker.Started.Count);
        Assert.Single(worker.Started, request => request.Slot.Task == "validate");
    }
}
