using System.Net;
using Executor.Worker.Actions;

namespace Executor.Worker.Runners.Http;

/// <summary>
/// core.http_request: <c>method</c> (GET), <c>url</c>, <c>headers</c>, <c>query</c>, <c>body</c> or <c>json</c>,
/// <c>timeout</c> in seconds. A status outside 200 to 299 after at most five redirects is a failed attempt with the
/// whole answer in its result.
/// </summary>
internal sealed class HttpRunner : IActionRunner, IDisposable
{
    private const int MostRedirects = 5;
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromHours(1);

    private readonly HttpOptions _options;
    private readonly HttpMessageInvoker _client;

    public HttpRunner(HttpOptions options)
        : this(options, Dns.GetHostAddressesAsync)
    {
    }

    internal HttpRunner(HttpOptions options, Func<string, CancellationToken, Task<IPAddress[]>> resolve)
    {
        _options = options;
        _client = new HttpMessageInvoker(new CheckedConnections(new AddressRules(options), resolve).Handler());
    }

    public async Task<ActionResult> RunAsync(ActionContext context, CancellationToken stop)
    {
        context.Input.Only("method", "url", "headers", "query", "body", "json", "timeout");
        var call = HttpCall.From(context.Input);
        var limit = context.Input.Seconds("timeout", LongestTimeout) ?? _options.Timeout;
        using var alarm = new CancellationTokenSource(limit, context.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, alarm.Token);
        try
        {
            return await CallAsync(call, context, either.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return ActionResult.Failure($"No whole answer within {limit.TotalSeconds:0.###} seconds.", "http.timeout");
        }
        catch (HttpRequestException failure)
        {
            return failure.InnerException is AddressRefusedException refused
                ? ActionResult.Failure(refused.Message, "http.address-refused")
                : ActionResult.Failure(Sentence(failure), "http.unreachable");
        }
        catch (AddressRefusedException refused)
        {
            return ActionResult.Failure(refused.Message, "http.address-refused");
        }
        catch (IOException broken)
        {
            return ActionResult.Failure(Sentence(broken), "http.broken-off");
        }
    }

    public void Dispose() => _client.Dispose();

    private async Task<ActionResult> CallAsync(HttpCall call, ActionContext context, CancellationToken stop)
    {
        var begin = context.Time.GetTimestamp();
        for (var redirects = 0; ; redirects++)
        {
            using var message = call.Message();
            using var response = await _client.SendAsync(message, stop);
            if (RedirectOf(response) is not { } location)
            {
                var body = await BodyAsync(response, stop);
                return body is null
                    ? ActionResult.Failure($"The body has more than {_options.BodyLimit} bytes.", "http.too-large")
                    : HttpAnswer.Of(response, body, call.Url, context.Time.GetElapsedTime(begin));
            }

            if (redirects == MostRedirects)
            {
                return ActionResult.Failure($"More than {MostRedirects} redirects.", "http.redirects");
            }

            call = call.Follow(location, (int)response.StatusCode);
        }
    }

    private static Uri? RedirectOf(HttpResponseMessage response) =>
        (int)response.StatusCode is 301 or 302 or 303 or 307 or 308 ? response.Headers.Location : null;

    /// <summary>Null when it is too large; counted after unpacking.</summary>
    private async Task<byte[]?> BodyAsync(HttpResponseMessage response, CancellationToken stop)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(stop);
        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int count;
        while ((count = await stream.ReadAsync(buffer, stop)) > 0)
        {
            if (body.Length + count > _options.BodyLimit)
            {
                return null;
            }

            body.Write(buffer, 0, count);
        }

        return body.ToArray();
    }

    // The inner sentence names the cause (refused, no such host), the outer one often only that there is one.
    private static string Sentence(Exception failure) => failure.InnerException is { } inner
        ? $"{failure.Message.TrimEnd('.')}: {inner.Message}"
        : failure.Message;
}
