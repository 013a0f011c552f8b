using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Executor.Core.Runs;

namespace Executor.Host.Client;

/// <summary>Tells when a run is worth looking at: when its server's stream says so, and when that is silent.</summary>
/// <remarks>A stream may be held up on its way for as long as it likes, by a proxy that gathers or a line that is dead.</remarks>
internal sealed class RunNews : IAsyncDisposable
{
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _end;
    private readonly IAsyncEnumerator<SseItem<string>> _events;
    private Task<bool>? _next;

    /// <param name="run">Only what is newer is told.</param>
    public RunNews(ApiClient api, RunState run, CancellationToken stop)
    {
        _end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        _events = EventsAsync(api, run, _end.Token).GetAsyncEnumerator(_end.Token);
    }

    /// <returns>False when the stream has ended, well or not.</returns>
    public async Task<bool> NextAsync()
    {
        _next ??= MoveAsync();
        using var heard = CancellationTokenSource.CreateLinkedTokenSource(_end.Token);
        if (await Task.WhenAny(_next, Task.Delay(LongestSilence, heard.Token)) != _next)
        {
            _end.Token.ThrowIfCancellationRequested();
            return true;
        }

        await heard.CancelAsync();
        var goesOn = await _next;
        _next = null;
        return goesOn;
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await ((Task?)_next ?? Task.CompletedTask).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _events.DisposeAsync();
        _end.Dispose();
    }

    private async Task<bool> MoveAsync()
    {
        try
        {
            return await _events.MoveNextAsync();
        }
        catch (Exception lost) when (lost is IOException or HttpRequestException or Unreachable or Refused { Status: 503 })
        {
            return false;
        }
    }

    private static async IAsyncEnumerable<SseItem<string>> EventsAsync(
        ApiClient api, RunState run, [EnumeratorCancellation] CancellationToken stop)
    {
        await using var stream = await api.OpenAsync(
            $"runs/{run.Id}/events", run.Entries.ToString(CultureInfo.InvariantCulture), stop);
        await foreach (var item in SseParser.Create(stream).EnumerateAsync(stop))
        {
            yield return item;
        }
    }
}
