using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Npgsql;

namespace Executor.Benchmarks.Cluster;

/// <summary>Starts runs through the HTTP API, a new one whenever one has ended.</summary>
/// <param name="keys">Of as many callers; each may start only so many runs a second.</param>
internal sealed class Load(Uri api, IReadOnlyList<string> keys, NpgsqlDataSource database) : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly HttpClient[] _callers = [.. keys.Select(key => new HttpClient
    {
        BaseAddress = api,
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", key) },
    })];

    private readonly ConcurrentDictionary<string, TaskCompletionSource> _open = new();

    /// <summary>Times that the database was asked which runs have ended.</summary>
    public long Questions { get; private set; }

    /// <returns>The runs, all at their ends.</returns>
    /// <exception cref="InvalidOperationException">One has not completed.</exception>
    public async Task<string[]> RunAsync(Scenario scenario, int runs, CancellationToken stop)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var watching = WatchAsync(over.Token);
        var left = runs;
        var started = new ConcurrentBag<string>();
        var starting = Task.WhenAll(Enumerable.Range(0, Math.Min(scenario.InFlight, runs)).Select(async place =>
        {
            while (Interlocked.Decrement(ref left) >= 0)
            {
                var run = await StartAsync(_callers[place % _callers.Length], scenario.Workflow, stop);
                started.Add(run);
                await EndOf(run).Task.WaitAsync(stop);
            }
        }));
        await await Task.WhenAny(starting, watching);
        await over.CancelAsync();
        await watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return [.. started];
    }

    public void Dispose() => Array.ForEach(_callers, caller => caller.Dispose());

    private TaskCompletionSource EndOf(string run) =>
        _open.GetOrAdd(run, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));

    private static async Task<string> StartAsync(HttpClient caller, string definition, CancellationToken stop)
    {
        while (true)
        {
            using var answer = await caller.PostAsJsonAsync("api/v1/runs", new { definition }, stop);
            if (answer.StatusCode == HttpStatusCode.TooManyRequests)
            {
                await Task.Delay(Pause, stop);
                continue;
            }

            var body = await answer.Content.ReadFromJsonAsync<JsonElement>(stop);
            return answer.StatusCode == HttpStatusCode.Accepted
                ? body.GetProperty("run_id").GetString()!
                : throw new InvalidOperationException($"A start was answered {answer.StatusCode}: {body}");
        }
    }

    private async Task WatchAsync(CancellationToken stop)
    {
        await using var connection = await database.OpenConnectionAsync(stop);
        await using var ask = new NpgsqlCommand(
            "SELECT id, status FROM executor.run WHERE ended = 1 AND id = ANY (@open)", connection);
        var open = new NpgsqlParameter<string[]>("open", []);
        ask.Parameters.Add(open);
        while (true)
        {
            await Task.Delay(Pause, stop);
            open.TypedValue = [.. _open.Keys];
            await using var reader = await ask.ExecuteReaderAsync(stop);
            Questions++;
            while (await reader.ReadAsync(stop))
            {
                var (run, status) = (reader.GetString(0), reader.GetString(1));
                if (status != "completed")
                {
                    throw new InvalidOperationException($"Run {run} has ended {status}.");
                }

                _open.TryRemove(run, out var end);
                end!.SetResult();
            }
        }
    }
}
