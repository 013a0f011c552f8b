namespace Executor.Core.Runs;

/// <summary>A run that somebody must look after, and since when.</summary>
public sealed record DueRun(RunId Run, DateTimeOffset Due);
