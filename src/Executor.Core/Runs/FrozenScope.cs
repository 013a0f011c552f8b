using Executor.Core.Expressions;
using Executor.Core.Values;

namespace Executor.Core.Runs;

/// <summary>What a visit saw when it opened: all its inputs are rendered from this, however much later.</summary>
/// <param name="Results">Of the tasks by their order, each from its last ended visit.</param>
/// <param name="OpenedBy">How the visit that opened it ended; null for an entry task.</param>
public sealed record FrozenScope(
    Value.Map Variables, SparseVector<Outcome> Results, Outcome? OpenedBy, DateTimeOffset At);
