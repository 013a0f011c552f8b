using System.Diagnostics;
using System.Text;
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

    private const string Question = """
        ref: demo.asking
        tasks:
          - {name: asked, action: core.ask, input: {prompt: Well?}, next: [{do: second}]}
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

            foreach (var definition in new[] { Workflow, Question })
            {
                using var stored = await cluster.Node.StoreAsync(definition);
                Assert.True(stored.IsSuccessStatusCode, await stored.Content.ReadAsStringAsync());
            }

            var kept = await StartAsync(cluster);
            var dropped = await StartAsync(cluster);
            await ChangeAsync(cluster, $"runs/{dropped}/cancel");
            Assert.Equal("cancelled", (string)(await cluster.Node.EndOfAsync(dropped))["status"]!);
            var again = (string)(await ChangeAsync(cluster, $"runs/{dropped}/rerun"))["run_id"]!;
            var held = await StartAsync(cluster);
            await ChangeAsync(cluster, $"runs/{held}/pause");
            Assert.Equal("pausing", await StatusAsync(cluster, held));
            await ChangeAsync(cluster, $"runs/{held}/resume");
            var asking = await StartAsync(cluster, "demo.asking");
            await ChangeAsync(cluster, $"inquiries/{await QuestionAsync(cluster, asking)}/answer", """{"response": 1}""");

            string[] waiting = [kept, again, held, asking];
            foreach (var run in waiting)
            {
                Assert.Equal("running", await StatusAsync(cluster, run));
            }

            await cluster.BrokerBackAsync();
            foreach (var run in waiting)
            {
                Assert.Equal("completed", (string)(await cluster.Node.EndOfAsync(run))["status"]!);
            }
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
        await FirstIsSentAsync(cluster, run);
        var why = await _scratch.RunAsync("explain", run, "first", "--server", cluster.Node.Address.ToString());
        Assert.Matches("for a worker of pool 'default', .*; the run waits for it until ", why.Output);

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

    private static Task WorkerIsSeenAsync(ClusterUnderTest cluster) => UntilAsync(
        async () => Each(await cluster.Node.GetAsync("/api/v1/workers"), "workers", "state").Contains("alive"));

    private static Task FirstIsSentAsync(ClusterUnderTest cluster, string run) => UntilAsync(
        async () => Each(await cluster.Node.GetAsync($"/api/v1/runs/{run}/tasks/first/items"), "items", "status")
            .Contains("scheduled"));

    /// <summary>Not so often that the server has enough of it.</summary>
    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!await holds())
        {
            await Task.Delay(100, patience.Token);
        }
    }

    private static IEnumerable<string> Each(JsonNode body, string list, string key) =>
        body[list]!.AsArray().Select(one => (string)one![key]!);

    private static async Task<string> StartAsync(ClusterUnderTest cluster, string workflow = "demo.waiting")
    {
        var (response, body) = await cluster.Node.StartRunAsync(new JsonObject { ["workflow"] = workflow }.ToJsonString());
        Assert.True(response.IsSuccessStatusCode, body.ToJsonString());
        return (string)body["run_id"]!;
    }

    /// <summary>A call that is taken.</summary>
    private static async Task<JsonNode> ChangeAsync(ClusterUnderTest cluster, string path, string? json = null)
    {
        using var content = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json");
        using var response = await cluster.Node.Client.PostAsync($"/api/v1/{path}", content);
        var body = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, body);
        return body.Length == 0 ? new JsonObject() : JsonNode.Parse(body)!;
    }

    private static async Task<string> StatusAsync(ClusterUnderTest cluster, string run) =>
        (string)(await cluster.Node.GetAsync($"/api/v1/runs/{run}"))["status"]!;

    private static async Task<string> QuestionAsync(ClusterUnderTest cluster, string run)
    {
        var open = new JsonArray();
        await UntilAsync(async () =>
            (open = (await cluster.Node.GetAsync($"/api/v1/inquiries?open=true&run={run}"))["inquiries"]!.AsArray()).Count > 0);
        return (string)open[0]!["inquiry_id"]!;
    }

    private Process Work(ClusterUnderTest cluster) => Executable.StartWith(
        new Dictionary<string, string> { [HostSettings.RabbitMq] = cluster.RabbitMq, [HostSettings.WorkerName] = "default.late" },
        _scratch.Folder, "work");
}
