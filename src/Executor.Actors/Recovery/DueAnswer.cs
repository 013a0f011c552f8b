using Executor.Core.Runs;

namespace Executor.Actors.Recovery;

/// <param name="Before">The row as it was before the step; null when there was none.</param>
public sealed record DueAnswer(DueStep Step, DueRow? Before);
