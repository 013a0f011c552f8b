namespace Executor.Messaging.Amqp;

/// <summary>Tells when a consumer has been quiet for so long that it is better made anew.</summary>
/// <remarks>
/// After a queue was deleted and made again within moments, or a broker came back, a consumer can be one for us and for
/// the broker, and still get nothing: the broker then counts messages as in its hands that were never sent. A new
/// consumer gets them. The longer nothing comes, the more likely it is that there is nothing, so the wait doubles.
/// </remarks>
internal sealed class ConsumerWatch
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);
    private TimeSpan _patience = Shortest;

    /// <summary>Returns when nothing has come for a while and nothing is in hand.</summary>
    public async Task WaitUntilQuietAsync(ChannelEpoch epoch, CancellationToken stop)
    {
        while (true)
        {
            var seen = epoch.Delivered;
            await Task.Delay(_patience, stop);
            if (epoch.Delivered != seen)
            {
                _patience = Shortest;
            }
            else if (epoch.Unsettled == 0)
            {
                _patience = _patience * 2 < Longest ? _patience * 2 : Longest;
                return;
            }
        }
    }
}
