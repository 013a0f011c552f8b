using Executor.Core.Runs;

namespace Executor.Actors.Snapshots;

/// <summary>All rows for people that the journals of these runs call for, up to these states, are written.</summary>
public sealed record RowsComplete(IReadOnlyList<Advance> Runs);

/// <param name="Weight">Of the journal between the last of these messages and <paramref name="State"/>.</param>
/// <param name="Recovered">Entries of the snapshot from which the run has recovered in between; null when it has not.</param>
public sealed record Advance(RunState State, long Weight, long? Recovered);
