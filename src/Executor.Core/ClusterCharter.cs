namespace Executor.Core;

/// <summary>Which nodes are the cluster of a database: one row there, that its members keep alive.</summary>
/// <remarks>
/// The referee between nodes that cannot hear each other: of all that would found a cluster at the same time one does, and
/// a cluster that another has taken the place of learns it. There are no times in it: a cluster is alive if its beat moves
/// while one looks. Every call throws <see cref="StorageException"/> when the database cannot be reached or written to:
/// then nothing is known to have happened, and repeating is safe.
/// </remarks>
public interface IClusterCharter
{
    /// <summary>Fails, too, where nobody could renew it now: a beat that could not move tells nothing.</summary>
    /// <returns>Null: there is no cluster.</returns>
    Task<Charter?> ReadAsync(CancellationToken stop);

    /// <summary>Compare-and-set: puts a new cluster in the place of the one that was seen.</summary>
    /// <param name="id">Of the new cluster, 1 to 64 characters; never used before.</param>
    /// <param name="alone">Who its only member will be.</param>
    /// <param name="seen">Null: none.</param>
    /// <returns>False when there is one, and it has another id or beat than the one seen.</returns>
    Task<bool> FoundAsync(string id, string alone, Charter? seen, CancellationToken stop);

    /// <summary>Moves the beat.</summary>
    /// <param name="alone">Its only member; null when there are several.</param>
    /// <returns>False when the cluster is no more: another one has taken its place, or it has been released.</returns>
    Task<bool> RenewAsync(string id, string? alone, CancellationToken stop);

    /// <summary>The last member leaves in order. Nothing happens when the cluster is no more.</summary>
    Task ReleaseAsync(string id, CancellationToken stop);
}

/// <param name="Id">Drawn by the node that has founded the cluster.</param>
/// <param name="Beat">Moved by every renewal.</param>
/// <param name="Alone">The only member as it names itself, 1 to 400 characters; null when there are several.</param>
public sealed record Charter(string Id, long Beat, string? Alone);
