using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using Executor.Chaos.Processes;

namespace Executor.Chaos.Deployment;

/// <summary>One <c>executor serve</c>, as a deployment has it: with the rights of a node and no more.</summary>
/// <param name="apiKey">Null where the API asks for none.</param>
internal sealed class Node(string name, Uri api, string? apiKey, Func<Child> start) : IAsyncDisposable
{
    private readonly HttpClient _http = new()
    {
        BaseAddress = api,
        Timeout = TimeSpan.FromSeconds(5),
        DefaultRequestHeaders = { Authorization = apiKey is null ? null : new AuthenticationHeaderValue("Bearer", apiKey) },
    };

    /// <summary>As short as the tests of lost workers need; a deployment has a minute.</summary>
    public static TimeSpan Lease { get; } = TimeSpan.FromSeconds(10);

    public string Name => name;

    public Uri Api => api;

    public Supervised Process { get; } = new(name, start);

    /// <param name="certificate">Null on loopback, which needs none.</param>
    public static Dictionary<string, string> Environment(
        string name, string database, string broker, string tokenKey, string host, int port, string seeds, Uri api,
        NodeCertificate? certificate)
    {
        var environment = new Dictionary<string, string>
        {
            ["EXECUTOR__POSTGRES"] = database,
            ["EXECUTOR__RABBITMQ"] = broker,
            ["EXECUTOR__TOKEN_KEY"] = tokenKey,
            ["EXECUTOR__NODE"] = name,
            ["EXECUTOR__CLUSTER__HOST"] = host,
            ["EXECUTOR__CLUSTER__PORT"] = port.ToString(CultureInfo.InvariantCulture),
            ["EXECUTOR__CLUSTER__SEEDS"] = seeds,
            ["EXECUTOR__API__LISTEN"] = api.ToString().TrimEnd('/'),
            ["EXECUTOR__LEASE"] = string.Create(CultureInfo.InvariantCulture, $"{Lease.TotalSeconds}s"),
            ["EXECUTOR__RECONCILE_EVERY"] = "2s",
            ["EXECUTOR__STALE_AFTER"] = "15s",
            ["EXECUTOR__IDLE_AFTER"] = "20s",
        };
        if (certificate is not null)
        {
            environment["EXECUTOR__RABBITMQ_PLAINTEXT"] = "true";
            environment["EXECUTOR__API__AUTHENTICATION"] = "keys";
            environment["EXECUTOR__CLUSTER__CERTIFICATE"] = certificate.File;
            environment["EXECUTOR__CLUSTER__CERTIFICATE_PASSWORD"] = certificate.Password;
            environment["SSL_CERT_FILE"] = certificate.Authority;
        }

        return environment;
    }

    /// <param name="nodes">How many there are in all: one that has founded a cluster beside the others' is not ready.</param>
    /// <returns>What it lacks; null when it is ready.</returns>
    public async Task<string?> LackAsync(int nodes, CancellationToken stop)
    {
        try
        {
            using var answer = await _http.GetAsync("health/ready", stop);
            if (!answer.IsSuccessStatusCode)
            {
                return $"it says {(int)answer.StatusCode}";
            }

            using var cluster = JsonDocument.Parse(await _http.GetStringAsync("api/v1/cluster", stop));
            var members = cluster.RootElement.GetProperty("members").EnumerateArray()
                .Count(member => member.GetProperty("status").GetString() == "up" && member.GetProperty("is_reachable").GetBoolean());
            return members == nodes ? null : $"its cluster has {members} of {nodes} nodes";
        }
        catch (Exception away) when (away is HttpRequestException or TaskCanceledException && !stop.IsCancellationRequested)
        {
            return "it does not answer";
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Process.DisposeAsync();
        _http.Dispose();
    }
}
