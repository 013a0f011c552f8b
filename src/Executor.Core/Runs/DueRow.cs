namespace Executor.Core.Runs;

/// <summary>When somebody must look after a run, and which incarnation of it has taken that on.</summary>
/// <param name="Holder">Null: nobody, or one that has let go in order.</param>
/// <param name="Entries">Of the journal when the last holder let go; 0 before the first.</param>
public sealed record DueRow(DateTimeOffset Due, string? Holder, long Entries);
