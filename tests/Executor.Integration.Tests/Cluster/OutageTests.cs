using System.Diagnostics;
using System.Text.Json.Nodes;
using Executor.Host.Settings;
using Executor.Integration.Tests.Cli;

namespace Executor.Integration.Tests.Cluster;

/// <summary>The servers of an installation go away in the middle of a group of items, one after the other.</summary>
public sealed class OutageTests : IDisposable
{
    private const string Workflow = """
        ref: demo.outage
        tasks:
          - name: each
            action: core.shell
            with_items: [0, 1, 2, 3, 4]
            concurrency: 2
            input:
              shell: true
              cmd: |
                echo begun {{ item }} >> log.txt
                until [ -e go{{ item }}.txt ]; do sleep 0.05; done
                echo done {{ item }} >> log.txt
            next: [{when: succeeded(), do: n}]
          - {name: n, action: core.shell, input: {shell: true, cmd: echo begun n >> log.txt}}
        """;

    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    [Trait("vector", "W30")]
    public async Task A_group_goes_on_after_its_database_and_its_broker_were_away_and_nothing_runs_twice()
    {
        await using var cluster = await ClusterUnderTest.StartAsync();
        using var worker = Executable.StartWith(
            new Dictionary<string, string> { [HostSettings.RabbitMq] = cluster.RabbitMq, [HostSettings.WorkerName] = "default.w" },
            _scratch.Folder, "work");
        try
        {
            using var stored = await cluster.Node.StoreAsync(Workflow);
            var (_, body) = await cluster.Node.StartRunAsync(new JsonObject { ["workflow"] = "demo.outage" }.ToJsonString());
            var run = (string)body["run_id"]!;
            await SaysAsync("begun 0", "begun 1");

            await cluster.DatabaseAwayAsync();
            Go(0);
            await SaysAsync("done 0");
            await NothingIsReadForAsync(cluster, TimeSpan.FromSeconds(5));
            Assert.DoesNotContain("begun 2", Lines());
            await cluster.DatabaseBackAsync();
            await SaysAsync("begun 2");

            await cluster.BrokerAwayAsync();
            Go(1, 2);
            await SaysAsync("done 1", "done 2");
            Assert.DoesNotContain("begun 3", Lines());
            await cluster.BrokerBackAsync();
            Go(3, 4);

            Assert.Equal("completed", (string)(await cluster.Node.EndOfAsync(run))["status"]!);
            Assert.Equal(
                ["begun 0", "begun 1", "begun 2", "begun 3", "begun 4", "begun n"],
                Lines().Where(line => line.StartsWith("begun", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        }
        finally
        {
            worker.Kill();
        }
    }

    private static async Task NothingIsReadForAsync(ClusterUnderTest cluster, TimeSpan time)
    {
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < time)
        {
            using var answer = await cluster.Node.Client.GetAsync("/api/v1/runs");
            Assert.False(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
            await Task.Delay(TimeSpan.FromMilliseconds(200));
        }
    }

    private void Go(params int[] items)
    {
        foreach (var item in items)
        {
            _scratch.Write($"go{item}.txt", "");
        }
    }

    private Task SaysAsync(params string[] lines) =>
        Waiting.ForAsync(() => !lines.Except(Lines()).Any(), string.Join(" and ", lines));

    private string[] Lines()
    {
        var file = Path.Combine(_scratch.Folder, "log.txt");
        return File.Exists(file) ? File.ReadAllLines(file) : [];
    }
}
