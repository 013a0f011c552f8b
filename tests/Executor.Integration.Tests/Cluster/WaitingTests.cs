using System.Diagnostics;
using System.Text.Json.Nodes;
using Executor.Host.Settings;
using Executor.Integration.Tests.Cli;

namespace Executor.Integration.Tests.Cluster;

/// <summary>What cannot go on now waits, and goes on by itself.</summary>
public sealed class WaitingTests : IDisposable
{
    private const string Workflow = """
        ref: demo.waiting
        tasks:
          - {name: first, action: core.noop, next: [{do: second}]}
          - {name: second, action: core.noop}
        """;

    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    [Trait("lesson", "13.1")]
    public async Task Without_the_broker_every_changing_call_is_answered_and_has_its_effect_when_it_is_back()
    {
        await using var cluster = await ClusterUnderTest.StartAsync();
        using var worker = Work(cluster);
        try
        {
            await WorkerIsSeenAsync(cluster);
            await cluster.BrokerAwayAsync();

            using var stored = await cluster.Node.StoreAsync(Workflow);
            Assert.True(stored.IsSuccessStatusCode, await stored.Content.ReadAsStringAsync());
            var kept = await StartAsync(cluster);
            var dropped = await StartAsync(cluster);
            using var cancelled = await cluster.Node.Client.PostAsync($"/api/v1/runs/{dropped}/cancel", null);
            Assert.True(cancelled.IsSuccessStatusCode, await cancelled.Content.ReadAsStringAsync());
            Assert.Equal("cancelled", (string)(await cluster.Node.EndOfAsync(dropped))["status"]!);
            Assert.Equal("running", (string)(await cluster.Node.GetAsync($"/api/v1/runs/{kept}"))["status"]!);

            await cluster.BrokerBackAsync();
            Assert.Equal("completed", (string)(await cluster.Node.EndOfAsync(kept))["status"]!);
        }
        finally
        {
            worker.Kill();
        }
    }

    [Fact]
    [Trait("lesson", "10.6")]
    public async Task Work_without_a_worker_waits_and_is_done_by_the_first_that_comes()
    {
        await using var cluster = await ClusterUnderTest.StartAsync();
        using var stored = await cluster.Node.StoreAsync(Workflow);
        var run = await StartAsync(cluster);
        await Waiting.ForAsync(() => StatusOfFirst(cluster, run) == "scheduled", "the first task to be sent");

        using var worker = Work(cluster);
        try
        {
            Assert.Equal("completed", (string)(await cluster.Node.EndOfAsync(run))["status"]!);
        }
        finally
        {
            worker.Kill();
        }
    }

    private static Task WorkerIsSeenAsync(ClusterUnderTest cluster) => Waiting.ForAsync(
        () => cluster.Node.GetAsync("/api/v1/workers").GetAwaiter().GetResult()["workers"]!.AsArray()
            .Any(worker => (string)worker!["state"]! == "alive"),
        "the worker to be seen");

    private static string? StatusOfFirst(ClusterUnderTest cluster, string run) =>
        (string?)cluster.Node.GetAsync($"/api/v1/runs/{run}/tasks/first/items").GetAwaiter().GetResult()["items"]!
            .AsArray().SingleOrDefault()?["status"];

    private static async Task<string> StartAsync(ClusterUnderTest cluster)
    {
        var (response, body) = await cluster.Node.StartRunAsync(new JsonObject { ["workflow"] = "demo.waiting" }.ToJsonString());
        Assert.True(response.IsSuccessStatusCode, body.ToJsonString());
        return (string)body["run_id"]!;
    }

    private Process Work(ClusterUnderTest cluster) => Executable.StartWith(
        new Dictionary<string, string> { [HostSettings.RabbitMq] = cluster.RabbitMq, [HostSettings.WorkerName] = "default.late" },
        _scratch.Folder, "work");
}
