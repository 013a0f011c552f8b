using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Executor.Host.Client;

/// <summary>A server's API as the command line uses it: JSON in, JSON out, and refusals as a person's problem.</summary>
internal sealed class ApiClient : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);
    private readonly HttpClient _http;

    public ApiClient(Uri server, string? key)
    {
        Server = server;
        _http = new HttpClient { BaseAddress = new Uri(server, "/api/v1/"), Timeout = Timeout.InfiniteTimeSpan };
        if (!string.IsNullOrEmpty(key))
        {
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        }
    }

    public Uri Server { get; }

    public Task<JsonNode> GetAsync(string path, CancellationToken stop) => SendAsync(HttpMethod.Get, path, null, null, stop);

    /// <summary>The answer as it came.</summary>
    public Task<string> GetTextAsync(string path, CancellationToken stop) =>
        SendTextAsync(HttpMethod.Get, path, null, null, stop);

    /// <param name="key">Idempotency key; null where repeating does no harm.</param>
    public Task<JsonNode> PostAsync(string path, JsonNode? body, string? key, CancellationToken stop) => SendAsync(
        HttpMethod.Post, path,
        body is null ? null : () => new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json"), key, stop);

    public Task<JsonNode> PostTextAsync(string path, string yaml, CancellationToken stop) => SendAsync(
        HttpMethod.Post, path, () => new StringContent(yaml, Encoding.UTF8, "text/yaml"), null, stop);

    /// <summary>A stream of server-sent events; the caller reads it to its end.</summary>
    public async Task<Stream> OpenAsync(string path, string? lastEvent, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        if (lastEvent is not null)
        {
            request.Headers.Add("Last-Event-ID", lastEvent);
        }

        var response = await TryAsync(
            () => _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop), stop);
        if (response.IsSuccessStatusCode)
        {
            return await response.Content.ReadAsStreamAsync(stop);
        }

        using (response)
        {
            throw await RefusalOfAsync(response, stop);
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<JsonNode> SendAsync(
        HttpMethod method, string path, Func<HttpContent>? content, string? key, CancellationToken stop)
    {
        var text = await SendTextAsync(method, path, content, key, stop);
        return text.Length == 0 ? new JsonObject() : JsonNode.Parse(text)!;
    }

    private async Task<string> SendTextAsync(
        HttpMethod method, string path, Func<HttpContent>? content, string? key, CancellationToken stop)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(stop);
        late.CancelAfter(Patience);
        using var request = new HttpRequestMessage(method, path) { Content = content?.Invoke() };
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        using var response = await TryAsync(() => _http.SendAsync(request, late.Token), stop);
        if (!response.IsSuccessStatusCode)
        {
            throw await RefusalOfAsync(response, late.Token);
        }

        return await response.Content.ReadAsStringAsync(late.Token);
    }

    private async Task<HttpResponseMessage> TryAsync(Func<Task<HttpResponseMessage>> send, CancellationToken stop)
    {
        try
        {
            return await send();
        }
        catch (HttpRequestException fault)
        {
            throw new Unreachable(Server, fault.Message);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            throw new Unreachable(Server, $"no answer within {Patience.TotalSeconds:F0} s");
        }
    }

    private static async Task<Unusable> RefusalOfAsync(HttpResponseMessage response, CancellationToken stop)
    {
        var text = await response.Content.ReadAsStringAsync(stop);
        try
        {
            var problem = JsonNode.Parse(text)!;
            var others = problem["problems"]!.AsArray().Select(one => one!).ToList();
            return new Refused(
                (int)response.StatusCode, (string)problem["code"]!, (string)problem["detail"]!, others, Advice(response));
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or NullReferenceException)
        {
            return new Unusable(
                "server.answer", $"the server answered {(int)response.StatusCode} {response.ReasonPhrase}",
                "is this the address of an executor?");
        }
    }

    private static string? Advice(HttpResponseMessage response) => (int)response.StatusCode switch
    {
        401 => $"set {ServerOptions.KeyVariable} to a key that holds; a new one comes from: executor keys add",
        403 => "use a key with that role",
        429 or 503 => "try again in a moment",
        _ => null,
    };
}
