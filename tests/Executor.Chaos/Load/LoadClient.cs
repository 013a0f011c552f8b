using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Executor.Chaos.Deployment;
using Executor.Chaos.Evidences;
using Executor.Core.Runs;

namespace Executor.Chaos.Load;

/// <summary>A client that takes no silence for an answer: what was lost is asked again with the same key, at any node.</summary>
/// <param name="apiKey">Null where the API asks for none.</param>
internal sealed class LoadClient(IReadOnlyList<Node> nodes, string? apiKey) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan CallPatience = TimeSpan.FromSeconds(15);

    private readonly HttpClient _http = new()
    {
        Timeout = CallPatience,
        DefaultRequestHeaders = { Authorization = apiKey is null ? null : new AuthenticationHeaderValue("Bearer", apiKey) },
    };

    private readonly ConcurrentQueue<ApiCall> _calls = new();

    public IReadOnlyList<ApiCall> Calls => [.. _calls];

    /// <summary>Storing the same text again changes nothing, so it is asked until somebody decides.</summary>
    public async Task StoreAsync(string definition, CancellationToken stop)
    {
        var content = Encoding.UTF8.GetBytes(definition);
        var (status, body) = await AskAsync(ApiCallKind.Store, null, "api/v1/workflows", null, content, stop, "text/yaml");
        if (status is not (>= 200 and < 300))
        {
            throw new HarnessException($"A workflow of the load is not stored: {status} {body}");
        }
    }

    /// <returns>The run, or what was said instead; both null when nobody ever answered.</returns>
    public async Task<(RunId? Run, string? Refusal)> StartAsync(
        string key, string workflow, IReadOnlyDictionary<string, object> inputs, CancellationToken stop)
    {
        var content = JsonSerializer.SerializeToUtf8Bytes(new { workflow, inputs });
        var (status, body) = await AskAsync(ApiCallKind.Start, null, "api/v1/runs", key, content, stop);
        return status switch
        {
            202 => (RunOf(body), null),
            0 => (null, null),
            _ => (null, $"{status} {body}"),
        };
    }

    /// <returns>When it was accepted; null when the run had ended, or nobody ever answered.</returns>
    public async Task<DateTimeOffset?> CancelAsync(RunId run, CancellationToken stop)
    {
        var (status, _) = await AskAsync(ApiCallKind.Cancel, run, $"api/v1/runs/{run}/cancel", null, "{}"u8.ToArray(), stop);
        return status == 202 ? DateTimeOffset.UtcNow : null;
    }

    /// <returns>The run as it is now; null when this try was not answered.</returns>
    public async Task<LiveView?> ShowAsync(RunId run, CancellationToken stop)
    {
        var (status, body) = await CallAsync(
            ApiCallKind.Show, run, () => new HttpRequestMessage(HttpMethod.Get, new Uri(Any().Api, $"api/v1/runs/{run}")), stop);
        return status == 200 ? LiveView.Parse(body) : null;
    }

    /// <returns>Whether it was accepted; false when the run had ended, or nobody ever answered.</returns>
    public async Task<bool> PauseAsync(RunId run, CancellationToken stop) =>
        (await AskAsync(ApiCallKind.Pause, run, $"api/v1/runs/{run}/pause", null, "{}"u8.ToArray(), stop)).Status == 202;

    public Task ResumeAsync(RunId run, CancellationToken stop) =>
        AskAsync(ApiCallKind.Resume, run, $"api/v1/runs/{run}/resume", null, "{}"u8.ToArray(), stop);

    /// <returns>The open questions of the run; none when this try was not answered.</returns>
    public async Task<IReadOnlyList<string>> QuestionsAsync(RunId run, CancellationToken stop)
    {
        var (status, body) = await CallAsync(
            ApiCallKind.Show, run,
            () => new HttpRequestMessage(HttpMethod.Get, new Uri(Any().Api, $"api/v1/inquiries?open=true&run={run}")), stop);
        return status == 200
            ? [.. JsonDocument.Parse(body).RootElement.GetProperty("inquiries").EnumerateArray()
                .Select(one => one.GetProperty("inquiry_id").GetString()!)]
            : [];
    }

    /// <returns>Whether the answer counts; false when it came too late, or nobody ever said.</returns>
    public async Task<bool> AnswerAsync(string question, string response, CancellationToken stop)
    {
        var content = JsonSerializer.SerializeToUtf8Bytes(new { response });
        var path = $"api/v1/inquiries/{question}/answer";
        return (await AskAsync(ApiCallKind.Answer, null, path, null, content, stop)).Status == 200;
    }

    public void Dispose() => _http.Dispose();

    /// <summary>Until somebody decides: answers that mean "later" are no decision.</summary>
    private async Task<(int Status, string Body)> AskAsync(
        ApiCallKind kind, RunId? run, string path, string? key, byte[] content, CancellationToken stop,
        string type = "application/json")
    {
        var since = Stopwatch.StartNew();
        while (since.Elapsed < Patience)
        {
            var (status, body) = await CallAsync(kind, run, () => Request(path, key, content, type), stop);
            if (status is not (0 or 429 or >= 500))
            {
                return (status, body);
            }

            await Task.Delay(Random.Shared.Next(200, 1_000), stop);
        }

        return (0, "");
    }

    private async Task<(int Status, string Body)> CallAsync(
        ApiCallKind kind, RunId? run, Func<HttpRequestMessage> make, CancellationToken stop)
    {
        using var request = make();
        var (at, clock) = (DateTimeOffset.UtcNow, Stopwatch.StartNew());
        var (status, body) = (0, "");
        try
        {
            using var answer = await _http.SendAsync(request, stop);
            (status, body) = ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(stop));
        }
        catch (Exception lost) when (lost is HttpRequestException or OperationCanceledException && !stop.IsCancellationRequested)
        {
            // No answer is a result like any other: the call is asked again.
            body = lost.Message;
        }

        var node = nodes.Single(node => node.Api.Authority == request.RequestUri!.Authority).Name;
        var about = run ?? (kind == ApiCallKind.Start && status == 202 ? RunOf(body) : null);
        _calls.Enqueue(new ApiCall(kind, at, clock.Elapsed, node, about, status));
        return (status, body);
    }

    private HttpRequestMessage Request(string path, string? key, byte[] content, string type)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Any().Api, path))
        {
            Content = new ByteArrayContent(content) { Headers = { { "Content-Type", type } } },
        };
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        return request;
    }

    private Node Any() => nodes[Random.Shared.Next(nodes.Count)];

    private static RunId RunOf(string body) =>
        new(JsonDocument.Parse(body).RootElement.GetProperty("run_id").GetString()!);
}
