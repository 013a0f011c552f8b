using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Net;
using Executor.Core;
using Executor.Host.Settings;
using Executor.Integration.Tests.Api;
using Executor.Integration.Tests.Cli;
using Executor.Integration.Tests.Cluster;

namespace Executor.Integration.Tests.Telemetry;

/// <summary>What an operator can count, as Prometheus reads it.</summary>
public sealed class MetricsTests : IDisposable
{
    /// <summary>Five items, three at a time, and then one: 6 dispatches.</summary>
    private const string Start =
        """
        {"definition": "tasks:\n  - {name: each, action: core.noop, with_items: [1, 2, 3, 4, 5], concurrency: 3, next: [{do: last}]}\n  - {name: last, action: core.noop}"}
        """;

    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task A_node_counts_runs_dispatches_claims_results_and_how_long_they_took()
    {
        await using var cluster = await ClusterUnderTest.StartAsync((HostSettings.ReconcileEvery, "50ms"));
        using var worker = Executable.StartWith(
            new Dictionary<string, string>
            {
                [HostSettings.RabbitMq] = cluster.RabbitMq,
                [HostSettings.WorkerName] = "default.metrics",
                [HostSettings.WorkerHeartbeat] = "100ms",
            },
            _scratch.Folder, "work");
        try
        {
            // The counters are the process's, and other tests run in it: each is compared with what it was.
            var before = await ReadAsync(cluster.Node.Client);
            var (_, started) = await cluster.Node.StartRunAsync(Start);
            await cluster.Node.EndOfAsync((string)started["run_id"]!);
            await UntilAsync(cluster.Node, now => now("executor_results_total{outcome=\"stored\"}") >= 6);
            var after = await ReadAsync(cluster.Node.Client);

            double Rise(string series) => after.GetValueOrDefault(series) - before.GetValueOrDefault(series);
            Assert.True(Rise("executor_runs_started_total") >= 1);
            Assert.True(Rise("executor_runs_ended_total{status=\"completed\"}") >= 1);
            Assert.True(Rise("executor_dispatches_total{pool=\"default\"}") >= 6);
            Assert.True(Rise("executor_claims_total{answer=\"granted\"}") >= 6);
            Assert.True(Rise("executor_results_total{outcome=\"stored\"}") >= 6);
            Assert.True(Rise("executor_queue_wait_seconds_count") >= 6);
            Assert.True(Rise("executor_result_time_seconds_count") >= 6);
            Assert.True(Rise("executor_journal_write_seconds_count") >= 2);
            Assert.True(Rise("executor_amqp_published_total{outcome=\"confirmed\"}") >= 6);
            Assert.True(Rise("executor_amqp_confirm_seconds_count") >= 6);
            Assert.True(after["executor_amqp_window_size"] >= 200);
            Assert.All(
                ["executor_runs_active", "executor_dispatches_waiting", "executor_amqp_window_used"],
                gauge => Assert.True(after[gauge] >= 0, $"{gauge} is {after[gauge]}"));
            await UntilAsync(cluster.Node, now => now("executor_workers{state=\"alive\"}") >= 1
                && now("executor_worker_slots{pool=\"default\",use=\"free\"}") >= 10
                && now("executor_guard_backlog{state=\"unsent\"}") >= 0);
        }
        finally
        {
            worker.Kill();
        }
    }

    [Fact]
    public async Task Off_loopback_rules_metrics_are_for_whoever_may_read()
    {
        await using var server = await ApiUnderTest.WithKeysAsync();
        using var viewer = server.ClientWith(await server.KeyAsync(Role.Viewer));

        Assert.Equal(HttpStatusCode.Unauthorized, (await server.Client.GetAsync("/metrics")).StatusCode);
        Assert.Contains("executor_runs_active", (await ReadAsync(viewer)).Keys);
    }

    [Fact]
    public async Task Each_metric_of_ours_is_explained_in_the_README()
    {
        var names = new ConcurrentBag<string>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (instrument.Meter.Name.StartsWith("Executor.", StringComparison.Ordinal))
                {
                    names.Add(instrument.Name);
                }
            },
        };
        listener.Start();
        await using var cluster = await ClusterUnderTest.StartAsync();
        await using var server = await ApiUnderTest.StartAsync();
        var (_, started) = await server.StartRunAsync(Start);
        await server.EndOfAsync((string)started["run_id"]!);

        var text = await File.ReadAllTextAsync(Path.Combine(Golden.Root, "README.md"));

        Assert.True(names.Distinct().Count() >= 25, $"There are {names.Distinct().Count()} metrics.");
        Assert.All(names, name => Assert.Contains($"`{name}`", text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_server_of_its_own_counts_what_its_worker_does()
    {
        await using var server = await ApiUnderTest.StartAsync();
        var (_, started) = await server.StartRunAsync(Start);
        await server.EndOfAsync((string)started["run_id"]!);

        var now = await ReadAsync(server.Client);

        Assert.True(now["executor_worker_attempts_total{action=\"core.noop\",status=\"completed\"}"] >= 6);
        Assert.True(now["executor_worker_busy"] >= 0);
    }

    private static async Task UntilAsync(ApiUnderTest node, Func<Func<string, double>, bool> holds)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            var now = await ReadAsync(node.Client);
            if (holds(series => now.GetValueOrDefault(series, double.NegativeInfinity)))
            {
                return;
            }

            await Task.Delay(100, patience.Token);
        }
    }

    /// <summary>Value by series, without the labels that say which library has counted.</summary>
    private static async Task<Dictionary<string, double>> ReadAsync(HttpClient client)
    {
        var text = await client.GetStringAsync("/metrics");
        return text.Split('\n').Where(line => line.StartsWith("executor_", StringComparison.Ordinal) && !line.Contains("le=\"", StringComparison.Ordinal))
            .Select(line => line.Split(' '))
            .ToDictionary(parts => Plain(parts[0]), parts => double.Parse(parts[1], CultureInfo.InvariantCulture));
    }

    private static string Plain(string series)
    {
        if (series.IndexOf('{', StringComparison.Ordinal) is var brace && brace < 0)
        {
            return series;
        }

        var labels = series[(brace + 1)..^1].Split(',')
            .Where(label => label.Length > 0 && !label.StartsWith("otel_scope", StringComparison.Ordinal)).ToArray();
        return labels.Length == 0 ? series[..brace] : $"{series[..brace]}{{{string.Join(',', labels)}}}";
    }
}
