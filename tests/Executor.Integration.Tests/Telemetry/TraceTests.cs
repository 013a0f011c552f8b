using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using Executor.Actors.Telemetry;
using Executor.Integration.Tests.Cli;
using Executor.Integration.Tests.Cluster;
using Executor.Messaging;
using Executor.Messaging.Telemetry;
using Executor.Worker;
using Executor.Worker.Actions;
using Executor.Worker.Runners;
using Executor.Worker.Telemetry;

namespace Executor.Integration.Tests.Telemetry;

/// <summary>One request, followed through the node, the broker and the worker, and back.</summary>
public sealed class TraceTests : IDisposable
{
    private const string Client = "b7ad6b7169203331";
    private readonly string _trace = ActivityTraceId.CreateRandom().ToHexString();
    private readonly ConcurrentQueue<Activity> _ended = new();
    private readonly ActivityListener _listener;

    public TraceTests()
    {
        string[] sources = ["Microsoft.AspNetCore", EngineTracing.Name, BrokerTracing.Name, WorkerTracing.Name];
        _listener = new ActivityListener
        {
            ShouldListenTo = source => sources.Contains(source.Name),
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            // Other tests of this process make spans too; theirs belong to other traces.
            ActivityStopped = span =>
            {
                if (span.TraceId.ToHexString() == _trace)
                {
                    _ended.Enqueue(span);
                }
            },
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public void Dispose() => _listener.Dispose();

    [Fact]
    public async Task A_start_its_decisions_its_requests_its_actions_and_their_results_are_one_connected_trace()
    {
        await using var cluster = await ClusterUnderTest.StartAsync();
        await using var worker = await WorkingAsync(cluster);

        var run = await StartAsync(
            cluster, "tasks: [{name: first, action: core.noop, next: [{do: second}]}, {name: second, action: core.noop}]");
        await cluster.Node.EndOfAsync(run);
        await Waiting.ForAsync(() => Named("decide FinishItem").Length == 2, "the last span to end");

        var spans = _ended.ToArray();
        var post = Assert.Single(spans, span => span.Source.Name == "Microsoft.AspNetCore");
        var start = Assert.Single(Named("decide Start"));
        Assert.Equal(2, Named("publish task").Length);
        Assert.Equal(2, Named("run core.noop").Length);
        Assert.Equal(Client, post.ParentSpanId.ToHexString());
        Assert.Equal(post.SpanId, start.ParentSpanId);
        Assert.Equal(
            ["run core.noop", "publish task", "decide FinishItem", "run core.noop", "publish task", "decide Start"],
            PathFrom(ActionOf("second"), spans).Select(span => span.OperationName).SkipLast(1));
        Assert.Same(post, PathFrom(ActionOf("second"), spans).Last());
        Assert.All(spans.Except([post]), span => Assert.Equal(run, span.GetTagItem("executor.run")));
    }

    [Fact]
    public async Task A_called_run_and_what_its_caller_does_next_belong_to_the_trace()
    {
        await using var cluster = await ClusterUnderTest.StartAsync();
        await using var worker = await WorkingAsync(cluster);
        await StoreAsync(cluster, "ref: lib.inner\ntasks: [{name: inner, action: core.noop}]");

        var run = await StartAsync(
            cluster, "tasks: [{name: call, action: lib.inner, next: [{do: after}]}, {name: after, action: core.noop}]");
        await cluster.Node.EndOfAsync(run);
        await Waiting.ForAsync(() => Named("run core.noop").Length == 2 && Named("decide HearParent").Length == 1, "the last span");

        var spans = _ended.ToArray();
        Assert.Equal(
            [
                "run core.noop", "publish task", "decide FinishItem",
                "decide FinishItem", "run core.noop", "publish task", "decide Start", "decide Start",
            ],
            PathFrom(ActionOf("after"), spans).Select(span => span.OperationName).SkipLast(1));
        Assert.Equal(2, Named("decide Start").Select(span => span.GetTagItem("executor.run")).Distinct().Count());
    }

    [Fact]
    public async Task A_retry_after_a_pause_belongs_to_the_trace_and_a_failure_is_told_without_its_words()
    {
        await using var cluster = await ClusterUnderTest.StartAsync();
        await using var worker = await WorkingAsync(cluster);

        var run = await StartAsync(
            cluster,
            "tasks: [{name: only, action: core.fail, input: {message: secret}, retry: {count: 1, delay: 0.1}}]");
        await cluster.Node.EndOfAsync(run);
        await Waiting.ForAsync(() => Named("run core.fail").Length == 2, "the second attempt");

        Assert.All(Named("run core.fail"), span => Assert.Equal(ActivityStatusCode.Error, span.Status));
        Assert.DoesNotContain(
            _ended, span => span.StatusDescription?.Contains("secret", StringComparison.Ordinal) == true
                || span.TagObjects.Any(tag => tag.Value?.ToString()?.Contains("secret", StringComparison.Ordinal) == true));
    }

    private static IEnumerable<Activity> PathFrom(Activity span, Activity[] spans)
    {
        for (var next = span; next is not null; next = spans.SingleOrDefault(other => other.SpanId == next.ParentSpanId))
        {
            yield return next;
        }
    }

    private static async Task<Running> WorkingAsync(ClusterUnderTest cluster)
    {
        var options = new WorkerOptions { Name = "default.traced" };
        var messaging = await RabbitMessaging.ForWorkerAsync(
            new AmqpOptions { Address = new Uri(cluster.RabbitMq) }, options.Pools, CancellationToken.None);
        var stop = new CancellationTokenSource();
        var loop = new WorkerLoop(messaging.Link, new ActionCatalog(CoreActions.All(options)), options);
        return new Running(messaging, stop, loop.RunAsync(stop.Token));
    }

    private Activity[] Named(string name) => [.. _ended.Where(span => span.OperationName == name)];

    private Activity ActionOf(string task) =>
        _ended.Single(span => span.Source.Name == WorkerTracing.Name && (string?)span.GetTagItem("executor.task") == task);

    private static async Task StoreAsync(ClusterUnderTest cluster, string definition)
    {
        using var content = new StringContent(definition, Encoding.UTF8, "text/yaml");
        using var response = await cluster.Node.Client.PostAsync("/api/v1/workflows", content);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
    }

    private async Task<string> StartAsync(ClusterUnderTest cluster, string definition)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/runs")
        {
            Content = new StringContent(
                new JsonObject { ["definition"] = definition }.ToJsonString(), Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("traceparent", $"00-{_trace}-{Client}-01");
        using var response = await cluster.Node.Client.SendAsync(request);
        return (string)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["run_id"]!;
    }

    private sealed record Running(WorkerMessaging Messaging, CancellationTokenSource Stop, Task Working) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await Stop.CancelAsync();
            await Working;
            await Messaging.DisposeAsync();
            Stop.Dispose();
        }
    }
}
