using System.Net;
using System.Net.Sockets;
using Executor.Chaos.Deployment;
using Executor.Chaos.Processes;

namespace Executor.Chaos.Tests;

/// <summary>The network of a campaign: cables that can be cut, and nothing that is left of it.</summary>
public sealed class NetworkTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string _directory = Directory.CreateTempSubdirectory("chaos-network-").FullName;
    private readonly Network _network;
    private TcpListener? _runner;

    public NetworkTests() => _network = new Network(_directory);

    public async Task InitializeAsync()
    {
        if (await CanMakeAsync())
        {
            await _network.StartAsync(["left", "right"]);
            _runner = new TcpListener(IPAddress.Parse(_network[Network.Runner].Address), 0);
            _runner.Start();
        }
    }

    public async Task DisposeAsync()
    {
        _runner?.Dispose();
        await _network.StopAsync();
        Directory.Delete(_directory, recursive: true);
    }

    [Fact]
    public async Task A_machine_that_is_cut_off_reaches_nobody_until_that_is_healed()
    {
        if (_runner is null)
        {
            await NobodyMakesOneAsync();
            return;
        }

        Func<Task>[] cuts =
        [
            () => _network.UnplugAsync("left"),
            () => _network.LoseAsync("left", 100),
            () => _network.CutAsync("left", "in", [Network.Runner]),
            () => _network.CutAsync("left", "out", [Network.Runner]),
            () => _network.CutAsync("left", "both", [Network.Runner, "right"]),
        ];
        await UntilReachedFromAsync("left");
        foreach (var cut in cuts)
        {
            await cut();

            Assert.False(await ReachesRunnerAsync("left"));
            await UntilReachedFromAsync("right");

            await _network.HealAsync("left");
            await UntilReachedFromAsync("left");
        }

        await _network.CutAsync("left", "both", ["right"]);
        await UntilReachedFromAsync("left");
    }

    [Fact]
    public async Task Nothing_is_left_of_a_network_nor_of_one_whose_owner_is_gone()
    {
        if (_runner is null)
        {
            await NobodyMakesOneAsync();
            return;
        }

        // The number of a process that has ended.
        using var gone = Child.Start("/bin/true", [], new Dictionary<string, string>(), Path.Combine(_directory, "gone.log"));
        await gone.WhenEnded(CancellationToken.None);
        var orphan = Directory.CreateDirectory(Path.Combine(_directory, "orphan")).FullName;
        await Script.RunAsync(Places.NetworkScript, ["start", orphan, $"{gone.Id}", "left"]);
        Assert.Contains($"executor{gone.Id}-left", await NamespacesAsync(), StringComparison.Ordinal);

        await _network.StartAsync(["left"]);

        Assert.DoesNotContain($"executor{gone.Id}-", await NamespacesAsync(), StringComparison.Ordinal);
        Assert.Contains($"executor{Environment.ProcessId}-left", await NamespacesAsync(), StringComparison.Ordinal);
        await _network.StopAsync();
        await _network.StopAsync();
        Assert.DoesNotContain($"executor{Environment.ProcessId}-", await NamespacesAsync(), StringComparison.Ordinal);
    }

    private static Task<string> NamespacesAsync() => Script.RunAsync("ip", ["netns", "list"]);

    /// <summary>Root of a container may still have no right to.</summary>
    private static async Task<bool> CanMakeAsync()
    {
        try
        {
            await Script.RunAsync("unshare", ["--net", "true"]);
            return Network.IsAllowed;
        }
        catch (HarnessException)
        {
            return false;
        }
    }

    private async Task NobodyMakesOneAsync()
    {
        var refused = await Assert.ThrowsAsync<HarnessException>(() => _network.StartAsync(["left"]));
        Assert.Contains("network namespaces", refused.Message, StringComparison.Ordinal);
    }

    private async Task UntilReachedFromAsync(string machine)
    {
        using var late = new CancellationTokenSource(Patience);
        while (!await ReachesRunnerAsync(machine))
        {
            late.Token.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Whether a connection stands within two seconds.</summary>
    private async Task<bool> ReachesRunnerAsync(string machine)
    {
        var address = (IPEndPoint)_runner!.LocalEndpoint;
        try
        {
            await _network[machine].RunAsync(
                "timeout", ["2", "bash", "-c", $"exec 3<> /dev/tcp/{address.Address}/{address.Port}"]);
            return true;
        }
        catch (HarnessException)
        {
            return false;
        }
    }
}
