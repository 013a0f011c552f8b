using System.Security.Cryptography;
using Executor.Host;
using Executor.Host.Settings;
using Executor.Integration.Tests.Cli;
using Executor.Integration.Tests.Tls;

namespace Executor.Integration.Tests.Cluster;

/// <summary>A node whose cluster is alive and whose seeds do not answer waits to be let in.</summary>
public sealed class JoiningTests : IDisposable
{
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task A_node_that_is_told_to_stop_while_it_waits_ends_as_one_that_was_told_to_stop()
    {
        await using var cluster = await ClusterUnderTest.StartAsync();
        using var process = Executable.StartWith(
            new Dictionary<string, string>
            {
                [HostSettings.Postgres] = cluster.Postgres,
                [HostSettings.RabbitMq] = cluster.RabbitMq,
                [HostSettings.TokenKey] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)),
                [HostSettings.Listen] = "http://127.0.0.1:0",
                [HostSettings.ClusterPort] = "0",
                [HostSettings.ClusterSeeds] = "127.0.0.1:1",
            },
            _scratch.Folder, "serve");
        await using var node = new Spoken(process);
        await node.UntilSaysAsync("Waits to be let in");

        Signals.Terminate(process);
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(2));

        Assert.Equal(ExitCode.Completed, process.ExitCode);
        Assert.DoesNotContain("internal", node.Said, StringComparison.Ordinal);
    }
}
