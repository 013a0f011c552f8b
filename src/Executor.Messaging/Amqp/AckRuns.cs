namespace Executor.Messaging.Amqp;

/// <summary>Finds how many settled messages one acknowledgement can cover. Tags count from 1 without gaps.</summary>
internal sealed class AckRuns
{
    private readonly HashSet<ulong> _above = [];
    private ulong _floor;

    /// <summary>Notes tags as settled.</summary>
    /// <returns>Up to and with this tag everything is settled.</returns>
    public ulong Settle(ulong tag)
    {
        _above.Add(tag);
        while (_above.Remove(_floor + 1))
        {
            _floor++;
        }

        return _floor;
    }
}
