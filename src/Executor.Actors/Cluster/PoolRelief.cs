namespace Executor.Actors.Cluster;

/// <summary>Whether the threads of a pool all wait, and how many it should have, from what is seen of it look by look.</summary>
/// <param name="usual">Threads that it is to have when nothing is wrong.</param>
internal sealed class PoolRelief(int usual)
{
    public const int Most = 512;

    /// <summary>More than one, because a single look may come while the whole machine is busy.</summary>
    private const int LooksUntilStuck = 2;

    private const int LooksUntilCalm = 600;
    private const int Step = 16;
    private long _done = -1;
    private int _stuck;
    private int _calm;

    /// <summary>More threads than usual are wanted.</summary>
    public bool IsGiven { get; private set; }

    /// <param name="done">Pieces of work that the pool has ever done.</param>
    /// <param name="waiting">Pieces of work that nobody has begun.</param>
    /// <param name="threads">That it has now.</param>
    /// <returns>Threads that it may have at once from now on; null when nothing changes.</returns>
    public int? Next(long done, long waiting, int threads)
    {
        _stuck = waiting > 0 && done == _done ? _stuck + 1 : 0;
        _calm = _stuck == 0 ? _calm + 1 : 0;
        _done = done;
        if (_stuck >= LooksUntilStuck && threads < Most)
        {
            IsGiven = true;
            return Math.Min(threads + Step, Most);
        }

        if (!IsGiven || _calm < LooksUntilCalm)
        {
            return null;
        }

        IsGiven = false;
        return usual;
    }
}
