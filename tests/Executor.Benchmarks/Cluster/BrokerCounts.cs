using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Executor.Benchmarks.Cluster;

/// <summary>The management of the broker, as an administrator.</summary>
internal sealed class BrokerCounts(Uri management) : IDisposable
{
    private readonly HttpClient _http = new()
    {
        BaseAddress = new Uri($"http://127.0.0.1:{management.Port}/"),
        DefaultRequestHeaders =
        {
            Authorization = new AuthenticationHeaderValue(
                "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(management.UserInfo))),
        },
    };

    /// <summary>Users, rights and virtual hosts.</summary>
    public async Task DefineAsync(string definitions, CancellationToken stop)
    {
        using var body = new StringContent(definitions, MediaTypeHeaderValue.Parse("application/json"));
        using var answer = await _http.PostAsync("api/definitions", body, stop);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Messages published since the broker's start; some seconds old.</summary>
    public async Task<long> PublishedAsync(CancellationToken stop)
    {
        var overview = await _http.GetFromJsonAsync<JsonElement>("api/overview", stop);
        return overview.GetProperty("message_stats").TryGetProperty("publish", out var count) ? count.GetInt64() : 0;
    }

    public void Dispose() => _http.Dispose();
}
