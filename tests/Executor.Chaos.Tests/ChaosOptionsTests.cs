using Executor.Chaos.Faults;

namespace Executor.Chaos.Tests;

/// <summary>What can be asked of the runner.</summary>
public sealed class ChaosOptionsTests
{
    [Fact]
    public void Every_option_is_read_in_any_order()
    {
        var options = ChaosOptions.Parse(["--no-netns", "--only", "NodeKill,BrokerAlarm", "--dir", "/tmp/x", "--seed", "7"]);

        Assert.Equal((7, "/tmp/x", true), (options!.Seed, options.Kept, options.OnLoopback));
        Assert.Equal([FaultKind.NodeKill, FaultKind.BrokerAlarm], options.Only);
    }

    [Theory]
    [InlineData("--seed")]
    [InlineData("--seed", "x")]
    [InlineData("--only", "NodeKill,Meteorite")]
    [InlineData("--dir")]
    [InlineData("smoke")]
    public void What_cannot_be_read_is_refused(params string[] words) => Assert.Null(ChaosOptions.Parse(words));

    [Fact]
    public void Only_root_gets_a_network_and_no_cable_is_cut_without_one()
    {
        var options = ChaosOptions.Parse([])!;

        Assert.Same(Profile.Short, options.Of(Profile.Short, isRoot: true));
        Assert.False(options.Of(Profile.Short, isRoot: false).HasNetwork);
        Assert.DoesNotContain(options.Of(Profile.Short, isRoot: false).Kinds, kind => kind.NeedsNetwork());
        Assert.False((options with { OnLoopback = true }).Of(Profile.Short, isRoot: true).HasNetwork);
    }

    [Fact]
    public void Faults_that_were_not_asked_for_are_left_out()
    {
        var options = ChaosOptions.Parse(["--only", "NodePartitioned,NodeKill"])!;

        Assert.Equal([FaultKind.NodeKill, FaultKind.NodePartitioned], options.Of(Profile.Short, isRoot: true).Kinds);
        Assert.Equal([FaultKind.NodeKill], options.Of(Profile.Short, isRoot: false).Kinds);
    }
}
