using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Executor.Chaos.Deployment;

/// <summary>The management of the private broker, as an administrator.</summary>
internal sealed class BrokerApi(Servers servers) : IDisposable
{
    public const string Host = "executor";

    private readonly HttpClient _http = new()
    {
        BaseAddress = servers.Management,
        Timeout = TimeSpan.FromSeconds(10),
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Basic", servers.Administrator) },
    };

    /// <summary>Users, rights and virtual hosts.</summary>
    public async Task DefineAsync(string definitions, CancellationToken stop)
    {
        using var body = new StringContent(definitions, MediaTypeHeaderValue.Parse("application/json"));
        using var answer = await _http.PostAsync("api/definitions", body, stop);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>A user who may do everything with the messages.</summary>
    public async Task AdmitAsync(string user, string password, string tags, CancellationToken stop)
    {
        using var made = await _http.PutAsJsonAsync($"api/users/{user}", new { password, tags }, stop);
        made.EnsureSuccessStatusCode();
        using var let = await _http.PutAsJsonAsync(
            $"api/permissions/{Host}/{user}", new { configure = ".*", write = ".*", read = ".*" }, stop);
        let.EnsureSuccessStatusCode();
    }

    /// <returns>How many connections of nodes and workers were closed.</returns>
    public async Task<int> CloseConnectionsAsync(CancellationToken stop)
    {
        var closed = 0;
        foreach (var connection in await ListAsync("api/connections", stop))
        {
            var name = Uri.EscapeDataString(connection.GetProperty("name").GetString()!);
            using var answer = await _http.DeleteAsync($"api/connections/{name}", stop);
            closed += answer.IsSuccessStatusCode ? 1 : 0;
        }

        return closed;
    }

    public async Task PurgeAsync(string queue, CancellationToken stop)
    {
        using var answer = await _http.DeleteAsync($"api/queues/{Host}/{queue}/contents", stop);
        answer.EnsureSuccessStatusCode();
    }

    public async Task DeleteAsync(string queue, CancellationToken stop)
    {
        using var answer = await _http.DeleteAsync($"api/queues/{Host}/{queue}", stop);
        answer.EnsureSuccessStatusCode();
    }

    public async Task<IReadOnlyList<QueueDepth>> QueuesAsync(CancellationToken stop) =>
    [
        .. (await ListAsync($"api/queues/{Host}", stop)).Select(queue => new QueueDepth(
            queue.GetProperty("name").GetString()!, Number(queue, "messages_ready"), Number(queue, "messages_unacknowledged"))),
    ];

    public void Dispose() => _http.Dispose();

    private static int Number(JsonElement queue, string name) =>
        queue.TryGetProperty(name, out var number) && number.ValueKind == JsonValueKind.Number ? number.GetInt32() : 0;

    private async Task<JsonElement[]> ListAsync(string path, CancellationToken stop) =>
        await _http.GetFromJsonAsync<JsonElement[]>(path, stop) ?? [];
}

/// <param name="Ready">Messages that wait.</param>
/// <param name="Unsettled">Messages with a consumer that has not settled them.</param>
internal sealed record QueueDepth(string Name, int Ready, int Unsettled);
