using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace Executor.Actors.Tests.Messaging.Rabbit;

/// <summary>A broker as an operator sees it: by its HTTP API.</summary>
internal sealed class RabbitServer
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly HttpClient _http;

    public RabbitServer(string amqp, string http)
    {
        Address = new Uri(amqp);
        var api = new Uri(http);
        _http = new HttpClient { BaseAddress = new Uri($"{api.Scheme}://{api.Authority}/api/") };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(api.UserInfo)));
    }

    /// <summary>The one that <c>tests/run</c> has started.</summary>
    public static RabbitServer Shared { get; } = new(
        Variable("EXECUTOR_TEST_RABBITMQ"), Variable("EXECUTOR_TEST_RABBITMQ_HTTP"));

    public Uri Address { get; }

    public string User => Address.UserInfo.Split(':')[0];

    public Uri AddressOf(string vhost) => new(Address, "/" + vhost);

    /// <summary>A world of its own for one test.</summary>
    public Task<string> CreateVhostAsync() => CreateVhostAsync("t-" + Guid.NewGuid().ToString("N")[..12]);

    /// <returns>The name given.</returns>
    public async Task<string> CreateVhostAsync(string vhost)
    {
        await SendAsync(HttpMethod.Put, $"vhosts/{vhost}");
        await GrantAsync(vhost, User, ".*", ".*", ".*");
        return vhost;
    }

    public Task DeleteVhostAsync(string vhost) => SendAsync(HttpMethod.Delete, $"vhosts/{vhost}");

    public Task AddUserAsync(string user, string password) =>
        SendAsync(HttpMethod.Put, $"users/{user}", new { password, tags = "" });

    public Task DeleteUserAsync(string user) => SendAsync(HttpMethod.Delete, $"users/{user}");

    public Task GrantAsync(string vhost, string user, string configure, string write, string read) =>
        SendAsync(HttpMethod.Put, $"permissions/{vhost}/{user}", new { configure, write, read });

    public Task GrantTopicAsync(string vhost, string user, string exchange, string write, string read) =>
        SendAsync(HttpMethod.Put, $"topic-permissions/{vhost}/{user}", new { exchange, write, read });

    public Task DeleteQueueAsync(string vhost, string queue) =>
        SendAsync(HttpMethod.Delete, $"queues/{vhost}/{queue}");

    public Task DeclareQueueAsync(string vhost, string queue, object arguments) =>
        SendAsync(HttpMethod.Put, $"queues/{vhost}/{queue}", new { durable = true, arguments });

    public Task PurgeAsync(string vhost, string queue) =>
        SendAsync(HttpMethod.Delete, $"queues/{vhost}/{queue}/contents");

    /// <summary>Connections of a vhost. The API learns of a new one a little late.</summary>
    public async Task<string[]> ConnectionsAsync(string vhost) =>
        [.. (await ListAsync($"vhosts/{vhost}/connections")).Select(connection => (string)connection!["name"]!)];

    /// <summary>Cuts a connection, as an operator may at any time.</summary>
    public async Task CutAsync(string connection) =>
        await _http.DeleteAsync(new Uri($"connections/{Uri.EscapeDataString(connection)}", UriKind.Relative));

    public async Task<int> ConsumersAsync(string vhost, string queue) =>
        (await ListAsync($"consumers/{vhost}")).Count(consumer => (string?)consumer!["queue"]!["name"] == queue);

    public async Task<JsonNode?> QueueAsync(string vhost, string queue)
    {
        using var answer = await _http.GetAsync(new Uri($"queues/{vhost}/{queue}", UriKind.Relative));
        return answer.IsSuccessStatusCode ? await answer.Content.ReadFromJsonAsync<JsonNode>() : null;
    }

    public async Task<int> BoundQueuesAsync(string vhost, string exchange) =>
        (await ListAsync($"exchanges/{vhost}/{exchange}/bindings/source"))
            .Select(binding => (string)binding!["destination"]!).Distinct().Count();

    /// <summary>Takes messages out of a queue.</summary>
    public async Task<JsonArray> TakeAsync(string vhost, string queue, int count)
    {
        using var answer = await _http.PostAsJsonAsync(
            new Uri($"queues/{vhost}/{queue}/get", UriKind.Relative),
            new { count, ackmode = "ack_requeue_false", encoding = "auto" });
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonArray>())!;
    }

    public static async Task UntilAsync(Func<Task<bool>> holds)
    {
        var end = DateTime.UtcNow + Patience;
        while (!await holds())
        {
            Assert.True(DateTime.UtcNow < end, $"It does not hold within {Patience}.");
            await Task.Delay(Pause);
        }
    }

    private async Task<JsonArray> ListAsync(string path)
    {
        using var answer = await _http.GetAsync(new Uri(path, UriKind.Relative));
        return answer.IsSuccessStatusCode ? (await answer.Content.ReadFromJsonAsync<JsonArray>())! : [];
    }

    private async Task SendAsync(HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative))
        {
            Content = body is null ? null : JsonContent.Create(body),
        };
        using var answer = await _http.SendAsync(request);
        Assert.True(answer.IsSuccessStatusCode, $"{method} {path}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
    }

    private static string Variable(string name) => Environment.GetEnvironmentVariable(name)
        ?? throw new InvalidOperationException(
            $"{name} is not set: run tests/run, or tests/servers/rabbitmq start DIR and export what is in DIR/rabbitmq.env.");
}
