namespace Executor.Actors.Recovery;

/// <param name="Lease">Nothing expires before a full one has passed since this node came to, or could see again.</param>
/// <param name="StaleAfter">A request sent this long ago that nobody claimed is sent again.</param>
/// <param name="AtOnce">The first round is not waited for: what the last process has left is to go on.</param>
public sealed record ReconcilerOptions(TimeSpan Every, TimeSpan Lease, TimeSpan StaleAfter, bool AtOnce = false);
