using System.Text.Json.Nodes;
using Executor.Actors.Tests.Messaging.Rabbit;
using Executor.Actors.Tests.Servers;
using Executor.Host.Settings;
using Executor.Integration.Tests.Api;
using Executor.Integration.Tests.Cluster;
using Executor.Messaging;

namespace Executor.Integration.Tests.Languages;

/// <summary>A node, and a pool of workers with the rights of docker/definitions.json.template.</summary>
public sealed class LanguageWorld : IAsyncLifetime
{
    public const string Pool = "default";
    private const string User = "ex_worker_default";
    private const string Password = "of-this-test";

    private ClusterUnderTest _cluster = null!;

    /// <summary>Short for one test, and long enough for a machine that stands still for seconds.</summary>
    public static TimeSpan Lease { get; } = TimeSpan.FromSeconds(15);

    internal static RabbitServer Server => RabbitServer.Shared;

    internal ApiUnderTest Api => _cluster.Node;

    internal string Vhost => new Uri(_cluster.RabbitMq).AbsolutePath.Trim('/');

    /// <summary>For a worker of the pool.</summary>
    internal Uri Worker => new UriBuilder(_cluster.RabbitMq) { UserName = Name, Password = Password }.Uri;

    internal AmqpOptions WorkerOptions => new() { Address = Worker, Name = "csharp" };

    private string Name => $"{Vhost}-{User}";

    public async Task InitializeAsync()
    {
        _cluster = await ClusterUnderTest.StartAsync(
            (HostSettings.Lease, $"{Lease.TotalSeconds}s"), (HostSettings.ReconcileEvery, "500ms"));
        await GrantAsync();
        // The queue of a pool is made by whoever may, with its first request or, as here, before.
        var maker = new AmqpOptions { Address = new Uri(_cluster.RabbitMq), Name = "pool" };
        await (await RabbitMessaging.ForWorkerAsync(maker, [Pool], CancellationToken.None)).DisposeAsync();
    }

    public async Task DisposeAsync()
    {
        var user = Name;
        await _cluster.DisposeAsync();
        await Server.DeleteUserAsync(user);
    }

    /// <summary>Completes when that many workers wait for requests, so that each gets its share of them.</summary>
    internal Task WorkersAsync(int count) => RabbitServer.UntilAsync(
        async () => await Server.ConsumersAsync(Vhost, $"executor.tasks.{Pool}") == count);

    internal async Task<string> StartRunAsync(string workflow)
    {
        var (response, body) = await Api.StartRunAsync(new JsonObject { ["definition"] = workflow }.ToJsonString());
        Assert.True(response.IsSuccessStatusCode, body.ToJsonString());
        return (string)body["run_id"]!;
    }

    /// <summary>The attempts of a task, each with its item, attempt and status.</summary>
    internal async Task<IReadOnlyList<(int? Item, int Attempt, string Status, string Id)>> AttemptsAsync(
        string run, string task) =>
    [
        .. (await Api.GetAsync($"/api/v1/runs/{run}/tasks/{task}/items"))["items"]!.AsArray().Select(row => (
            (int?)row!["item"], (int)row["attempt"]!, (string)row["status"]!, (string)row["dispatch_id"]!)),
    ];

    private async Task GrantAsync()
    {
        var template = await File.ReadAllTextAsync(Path.Combine(Checkout.Root, "docker", "definitions.json.template"));
        var definitions = JsonNode.Parse(template)!;
        var rights = Of(definitions["permissions"]!);
        var topics = Of(definitions["topic_permissions"]!);
        await Server.AddUserAsync(Name, Password);
        await Server.GrantAsync(Vhost, Name, Text(rights, "configure"), Text(rights, "write"), Text(rights, "read"));
        await Server.GrantTopicAsync(
            Vhost, Name, Text(topics, "exchange"), Text(topics, "write"), Text(topics, "read"));
    }

    private static JsonNode Of(JsonNode rights) => rights.AsArray().Single(one => Text(one!, "user") == User)!;

    private static string Text(JsonNode node, string name) => (string)node[name]!;
}
