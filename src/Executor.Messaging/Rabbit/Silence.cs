using Executor.Messaging.Amqp;

namespace Executor.Messaging.Rabbit;

/// <summary>How long a queue has left everything unanswered that was sent to it, and whether that is too long.</summary>
/// <remarks>A refusal is an answer; a message that was lost sight of has had none. May be called from any thread.</remarks>
internal sealed class Silence(TimeProvider time, TimeSpan patience)
{
    private readonly Lock _gate = new();
    private int _waiting;
    private long? _since;
    private long _lastSent = time.GetTimestamp();
    private bool _isTooLong;

    public bool IsTooLong
    {
        get
        {
            lock (_gate)
            {
                return _isTooLong;
            }
        }
    }

    public void Sent()
    {
        lock (_gate)
        {
            _waiting++;
            _lastSent = time.GetTimestamp();
            _since ??= _lastSent;
        }
    }

    public void Ended(PublishOutcome outcome)
    {
        lock (_gate)
        {
            _waiting--;
            if (outcome is not PublishOutcome.Unknown)
            {
                _isTooLong = false;
                Restart();
            }
        }
    }

    /// <param name="isHeard">Whether the broker could answer: while it is away nothing is said about a queue.</param>
    public void Look(bool isHeard)
    {
        lock (_gate)
        {
            if (!isHeard)
            {
                Restart();
            }
            else if (_since is { } since && time.GetElapsedTime(since) >= patience)
            {
                _isTooLong = true;
            }
        }
    }

    /// <summary>Nothing is on its way, and nothing was sent for that long.</summary>
    public bool IsUnused(TimeSpan since)
    {
        lock (_gate)
        {
            return _waiting <= 0 && time.GetElapsedTime(_lastSent) >= since;
        }
    }

    private void Restart() => _since = _waiting > 0 ? time.GetTimestamp() : null;
}
