using Executor.Core.Runs;

namespace Executor.Actors.Runs;

/// <summary>
/// From a run to its next incarnation: the entry that held the decision on this command could not be written, and
/// shall not be shared with others again.
/// </summary>
internal sealed record Alone(RunCommand Command);
