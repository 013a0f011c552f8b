using Executor.Actors.Tests.Engine;
using Xunit.Abstractions;

namespace Executor.Actors.Tests.Calls;

/// <summary>The same for three levels: the end of the lowest comes up to the highest, once each.</summary>
[Trait("lesson", "6.1")]
public sealed class EveryCallOfLevelsTests(ITestOutputHelper output) : EveryCallContract(output)
{
    protected override string Yaml => Families.Top;

    private protected override void Arrange(World world) => Families.AddThree(world);

    private protected override Task SettledAsync(World world, CancellationToken stop) =>
        world.FamilySettledAsync(Run, stop);

    private protected override void Check(World world, FakeWorker worker)
    {
        Assert.Equal(Families.TopOutput, world.StateOf(Run).Output.ToString());
        Assert.Equal(["after", "report", "work"], worker.Started.Select(request => request.Slot.Task).Order());
    }
}
