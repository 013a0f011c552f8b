namespace Executor.Worker.Attempts;

/// <summary>How much of a lease is gone, by the monotonic clock and counted from when we asked for it.</summary>
/// <remarks>The executor counts from when it answered, which is later: we always give up first.</remarks>
internal sealed class LeaseClock(TimeProvider time)
{
    private readonly Lock _gate = new();
    private TimeSpan _lease;
    private long _askedAt;
    private long _lastTry;

    public bool IsHeld => _lease > TimeSpan.Zero;

    /// <summary>A stop at <see cref="IsNearItsEnd"/> with this grace leaves a sixth of the lease to spare.</summary>
    public TimeSpan LongestGrace => _lease / 6;

    /// <summary>Too little is left to begin something.</summary>
    public bool IsHalfGone => Age() >= _lease / 2;

    public bool IsNearItsEnd => IsHeld && Age() >= _lease * 2 / 3;

    public void Hold(long askedAt, TimeSpan lease)
    {
        lock (_gate)
        {
            _lease = lease;
            _askedAt = Math.Max(_askedAt, askedAt);
            _lastTry = Math.Max(_lastTry, askedAt);
        }
    }

    /// <summary>Whether a renewal is to be sent now; then it counts as sent.</summary>
    /// <remarks>After a third of the lease, and while there is no answer every twelfth.</remarks>
    public bool TakeTurn()
    {
        lock (_gate)
        {
            if (!IsHeld || Age() < _lease / 3 || time.GetElapsedTime(_lastTry) < _lease / 12)
            {
                return false;
            }

            _lastTry = time.GetTimestamp();
            return true;
        }
    }

    public void Renewed(long askedAt) => Hold(askedAt, _lease);

    private TimeSpan Age() => time.GetElapsedTime(Interlocked.Read(ref _askedAt));
}
