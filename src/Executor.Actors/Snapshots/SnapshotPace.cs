namespace Executor.Actors.Snapshots;

/// <summary>When a run gets its next snapshot.</summary>
/// <remarks>
/// After so many entries, and not before its journal has grown by twice the size of its last snapshot: so all snapshots
/// of a run together cost in proportion to its journal, whatever the run looks like, and a recovery reads a snapshot
/// and no more than about twice as much of the journal.
/// </remarks>
/// <param name="least">Entries between two snapshots, from 1.</param>
/// <param name="saved">Sequence number of the last snapshot in the store; 0 when there is none.</param>
internal sealed class SnapshotPace(int least, long saved)
{
    private const int Share = 2;
    private long _tried = saved;
    private long _saved = saved;
    private long _size;
    private long _grown;

    /// <param name="weight">Bytes by which the journal has grown, about.</param>
    public void Grow(long weight) => _grown += weight;

    public bool IsDue(long entries) => entries - _tried >= least && _grown >= Share * _size;

    /// <summary>Counting begins anew, whether or not it will succeed: a failure is not made up for at once.</summary>
    public void Begin(long entries)
    {
        _tried = entries;
        _grown = 0;
    }

    /// <param name="size">Bytes before packing.</param>
    public void Measured(long size) => _size = size;

    /// <returns>Up to which sequence number older snapshots can go: this one and the one before stay. 0 for none.</returns>
    public long Saved(long entries)
    {
        var former = _saved;
        _saved = entries;
        return Math.Max(0, former - 1);
    }
}
