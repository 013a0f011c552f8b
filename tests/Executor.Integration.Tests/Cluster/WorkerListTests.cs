using System.Text.Json.Nodes;
using Executor.Host.Settings;
using Executor.Integration.Tests.Api;
using Executor.Integration.Tests.Cli;

namespace Executor.Integration.Tests.Cluster;

/// <summary>The workers of an installation, as any of its nodes shows them.</summary>
public sealed class WorkerListTests : IDisposable
{
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task A_worker_is_shown_alive_and_after_a_kill_late_and_then_gone()
    {
        await using var cluster = await ClusterUnderTest.StartAsync();
        using var worker = Work(cluster, "default.victim");
        try
        {
            var alive = await StateAsync(cluster, "default.victim", "alive");
            Assert.Equal(["default"], alive["pools"]!.AsArray().Select(pool => (string)pool!));
            Assert.Equal((7, 0), ((int)alive["capacity"]!, (int)alive["running"]!));
            Assert.Contains("core.shell", alive["actions"]!.AsArray().Select(action => (string)action!));
        }
        finally
        {
            worker.Kill();
        }

        await StateAsync(cluster, "default.victim", "late");
        var gone = await StateAsync(cluster, "default.victim", "gone");

        Assert.True((DateTimeOffset)gone["started_at"]! <= (DateTimeOffset)gone["last_seen"]!);
        var listed = await _scratch.RunAsync("workers", "--server", cluster.Node.Address.ToString());
        Assert.Equal(0, listed.ExitCode);
        Assert.Contains("default.victim  gone", listed.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_worker_that_was_told_to_stop_is_gone_at_once()
    {
        await using var cluster = await ClusterUnderTest.StartAsync();
        using var worker = Work(cluster, "default.polite", every: "60s");
        await StateAsync(cluster, "default.polite", "alive");

        Signals.CtrlC(worker);
        Assert.Equal(0, (await Executable.EndAsync(worker)).ExitCode);

        await StateAsync(cluster, "default.polite", "gone");
    }

    [Fact]
    public async Task A_server_of_its_own_shows_the_worker_inside()
    {
        await using var server = await ApiUnderTest.StartAsync((HostSettings.WorkerParallelism, "3"));
        JsonNode? worker = null;
        await Waiting.ForAsync(
            () => (worker = server.GetAsync("/api/v1/workers").GetAwaiter().GetResult()["workers"]!.AsArray().SingleOrDefault())
                is not null,
            "the worker inside");

        Assert.Equal(("alive", 3), ((string)worker!["state"]!, (int)worker["capacity"]!));
    }

    private System.Diagnostics.Process Work(ClusterUnderTest cluster, string name, string every = "1s") =>
        Executable.StartWith(
            new Dictionary<string, string>
            {
                [HostSettings.RabbitMq] = cluster.RabbitMq,
                [HostSettings.WorkerName] = name,
                [HostSettings.WorkerParallelism] = "7",
                [HostSettings.WorkerHeartbeat] = every,
            },
            _scratch.Folder, "work");

    private static async Task<JsonNode> StateAsync(ClusterUnderTest cluster, string name, string state)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            var workers = (await cluster.Node.GetAsync("/api/v1/workers"))["workers"]!.AsArray();
            if (workers.FirstOrDefault(worker => (string)worker!["id"]! == name) is { } found && (string)found["state"]! == state)
            {
                return found;
            }

            await Task.Delay(100, patience.Token);
        }
    }
}
