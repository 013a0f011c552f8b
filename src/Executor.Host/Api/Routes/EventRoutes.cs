using Executor.Actors;
using Executor.Actors.Journal;
using Executor.Core;
using Executor.Host.Api.Access;
using Executor.Host.Serving;
using Microsoft.Extensions.Hosting;

namespace Executor.Host.Api.Routes;

/// <summary>What happens, while it happens: server-sent events, numbered, to be resumed by <c>Last-Event-ID</c>.</summary>
/// <remarks>
/// They are read from the journal, so none is missing whichever node a client is connected to; runs and timers only say
/// when to look again.
/// </remarks>
internal static class EventRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/runs/{id}/events", RunAsync).Shows(Role.Viewer)
            .WithSummary("The journal entries of one run as server-sent events, up to its end. The id is the sequence number.")
            .Produces<string>(200, "text/event-stream")
            .DisableRequestTimeout();
        routes.MapGet("/events", AllAsync).Shows(Role.Viewer)
            .WithSummary("The journal entries of all runs as server-sent events, without an end. Without Last-Event-ID from now on.")
            .Produces<string>(200, "text/event-stream")
            .DisableRequestTimeout();
    }

    private static Task RunAsync(
        string id, HttpContext context, ExecutorSystem engine, Stores stores, IHostApplicationLifetime server) =>
        WhileServingAsync(context, server, stop => SendRunAsync(id, context, engine, stores, stop));

    private static Task AllAsync(HttpContext context, JournalFeed feed, IHostApplicationLifetime server) =>
        WhileServingAsync(context, server, stop => SendAllAsync(context, feed, stop));

    /// <summary>A server that is told to stop does not wait for streams: their clients go on at another, after the last event.</summary>
    private static async Task WhileServingAsync(
        HttpContext context, IHostApplicationLifetime server, Func<CancellationToken, Task> stream)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, server.ApplicationStopping);
        try
        {
            await stream(end.Token);
        }
        catch (OperationCanceledException) when (
            server.ApplicationStopping.IsCancellationRequested && !context.RequestAborted.IsCancellationRequested)
        {
            // What the client has got so far is whole, and it knows where to go on.
        }
    }

    private static async Task SendRunAsync(
        string id, HttpContext context, ExecutorSystem engine, Stores stores, CancellationToken stop)
    {
        var run = (await RunRoutes.FindAsync(id, engine, stop)).View.Id;
        var last = EventStream.LastSeen(context.Request);
        var stream = new EventStream(context.Response);
        await stream.BeginAsync(stop);
        await using var following = engine.FollowAsync(run, stop).GetAsyncEnumerator(stop);
        var next = following.MoveNextAsync().AsTask();
        while (true)
        {
            if (await Task.WhenAny(next, Task.Delay(EventStream.Heartbeat, stop)) != next)
            {
                await stream.BeatAsync(stop);
                continue;
            }

            await next;
            var known = following.Current;
            await foreach (var row in stores.Journal.EntriesAsync(JournalCodec.IdOf(run), last, stop))
            {
                await stream.SendAsync(row.Sequence, "entry", EventDigest.Of(run, row), stop);
                last = row.Sequence;
            }

            await stream.FlushAsync(stop);
            if (known.HasEnded && last >= known.Entries)
            {
                await stream.SendAsync(last, "end", $$"""{"run_id":"{{run}}"}""", stop);
                return;
            }

            next = following.MoveNextAsync().AsTask();
        }
    }

    private static async Task SendAllAsync(HttpContext context, JournalFeed feed, CancellationToken stop)
    {
        var last = context.Request.Headers.ContainsKey("Last-Event-ID")
            ? EventStream.LastSeen(context.Request)
            : await feed.NewestAsync(stop);
        var stream = new EventStream(context.Response);
        await stream.BeginAsync(stop);
        var silent = TimeSpan.Zero;
        while (true)
        {
            var rows = await feed.ReadAsync(last, stop);
            foreach (var row in rows)
            {
                if (JournalCodec.RunOf(row.PersistenceId) is { } run)
                {
                    await stream.SendAsync(row.Number, "entry", EventDigest.Of(run, row.Entry), stop);
                }

                last = row.Number;
            }

            if (rows.Count > 0)
            {
                await stream.FlushAsync(stop);
                silent = TimeSpan.Zero;
                continue;
            }

            await Task.Delay(JournalFeed.Pause, stop);
            silent += JournalFeed.Pause;
            if (silent >= EventStream.Heartbeat)
            {
                await stream.BeatAsync(stop);
                silent = TimeSpan.Zero;
            }
        }
    }
}
