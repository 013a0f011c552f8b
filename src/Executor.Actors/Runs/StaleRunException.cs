namespace Executor.Actors.Runs;

/// <summary>This incarnation of a run has been overtaken by another; it stops, and the next one reads the journal.</summary>
public sealed class StaleRunException(string message) : Exception(message);
