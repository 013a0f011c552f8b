using Executor.Actors.Tests.Engine;
using Xunit.Abstractions;

namespace Executor.Actors.Tests.Calls;

/// <summary>The same for a run that calls others: each is called once, and each end reaches its caller.</summary>
public sealed class EveryCallOfFamilyTests(ITestOutputHelper output) : EveryCallContract(output)
{
    protected override string Yaml => Families.Main;

    private protected override void Arrange(World world) => Families.Add(world);

    private protected override Task SettledAsync(World world, CancellationToken stop) =>
        world.FamilySettledAsync(Run, stop);

    private protected override void Check(World world, FakeWorker worker)
    {
        Assert.Equal(Families.Output, world.StateOf(Run).Output.ToString());
        Assert.Equal(2, world.CalledBy(Run).Count);
        Assert.Equal(5, worker.Started.Count);
        Assert.Single(worker.Started, request => request.Slot.Task == "report");
    }
}
