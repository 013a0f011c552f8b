using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using Npgsql;

namespace Executor.Benchmarks.Cluster;

/// <summary>Starts runs through the HTTP API, a new one whenever one has ended.</summary>
internal sealed class Load(Uri api, NpgsqlDataSource database) : IDisposable
{
    private const int Callers = 64;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    // Starts are limited per caller and second, so there are many callers.
    private readonly HttpClient[] _callers = [.. Enumerable.Range(1, Callers).Select(number => CallerAt(api, number))];
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
                var run = await StartAsync(_callers[place % Callers], scenario.Workflow, stop);
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

    private static HttpClient CallerAt(Uri api, int number)
    {
        var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (context, stop) =>
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                socket.Bind(new IPEndPoint(new IPAddress([127, 0, 1, (byte)number]), 0));
                await socket.ConnectAsync(context.DnsEndPoint, stop);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
        return new HttpClient(handler) { BaseAddress = api };
    }
}
