using System.Globalization;
using Executor.Chaos.Processes;

namespace Executor.Chaos.Deployment;

/// <summary>One <c>executor serve</c>, as a deployment has it: with the rights of a node and no more.</summary>
internal sealed class Node(string name, Uri api, Func<Child> start) : IAsyncDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = api, Timeout = TimeSpan.FromSeconds(5) };

    /// <summary>As short as the tests of lost workers need; a deployment has a minute.</summary>
    public static TimeSpan Lease { get; } = TimeSpan.FromSeconds(10);

    public string Name => name;

    public Uri Api => api;

    public Supervised Process { get; } = new(name, start);

    public static Dictionary<string, string> Environment(
        string name, string database, string broker, string tokenKey, int port, string seeds, Uri api) => new()
        {
            ["EXECUTOR__POSTGRES"] = database,
            ["EXECUTOR__RABBITMQ"] = broker,
            ["EXECUTOR__TOKEN_KEY"] = tokenKey,
            ["EXECUTOR__NODE"] = name,
            ["EXECUTOR__CLUSTER__PORT"] = port.ToString(CultureInfo.InvariantCulture),
            ["EXECUTOR__CLUSTER__SEEDS"] = seeds,
            ["EXECUTOR__API__LISTEN"] = api.ToString().TrimEnd('/'),
            ["EXECUTOR__LEASE"] = string.Create(CultureInfo.InvariantCulture, $"{Lease.TotalSeconds}s"),
            ["EXECUTOR__RECONCILE_EVERY"] = "2s",
            ["EXECUTOR__STALE_AFTER"] = "15s",
            ["EXECUTOR__IDLE_AFTER"] = "20s",
        };

    public async Task<bool> IsReadyAsync(CancellationToken stop)
    {
        try
        {
            using var answer = await _http.GetAsync("health/ready", stop);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception away) when (away is HttpRequestException or TaskCanceledException && !stop.IsCancellationRequested)
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Process.DisposeAsync();
        _http.Dispose();
    }
}
