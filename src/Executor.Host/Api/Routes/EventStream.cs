using System.Globalization;
using System.Text;

namespace Executor.Host.Api.Routes;

/// <summary>Server-sent events on their way to one client.</summary>
internal sealed class EventStream(HttpResponse response)
{
    /// <summary>Well below the time after which proxies give up on a silent connection.</summary>
    public static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    public async Task BeginAsync(CancellationToken stop)
    {
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-store";
        response.Headers["X-Accel-Buffering"] = "no";
        await response.WriteAsync("retry: 1000\n\n", stop);
        await response.Body.FlushAsync(stop);
    }

    /// <param name="data">One line.</param>
    public Task SendAsync(long id, string kind, string data, CancellationToken stop) => response.WriteAsync(
        string.Create(CultureInfo.InvariantCulture, $"id: {id}\nevent: {kind}\ndata: {data}\n\n"), Encoding.UTF8, stop);

    public Task FlushAsync(CancellationToken stop) => response.Body.FlushAsync(stop);

    /// <summary>Shows that the connection lives; clients pass over it.</summary>
    public async Task BeatAsync(CancellationToken stop)
    {
        await response.WriteAsync(": \n\n", stop);
        await response.Body.FlushAsync(stop);
    }

    /// <returns>0 when the client has seen nothing yet.</returns>
    /// <exception cref="Problems.ApiProblem">It names no event.</exception>
    public static long LastSeen(HttpRequest request)
    {
        var text = request.Headers["Last-Event-ID"].ToString();
        if (text.Length == 0)
        {
            return 0;
        }

        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? id
            : throw Problems.ApiProblem.BadRequest("api.last-event", $"Last-Event-ID is '{text}'; expected the number of an event.");
    }
}
