using Executor.Core.Values;

namespace Executor.Core.Runs;

/// <summary>What was rendered when a visit opened and holds for all its items and attempts.</summary>
/// <param name="Items">Null for a task without items.</param>
/// <param name="Concurrency">Items in flight, at least 1.</param>
/// <param name="Timeout">Of one attempt.</param>
public sealed record VisitPlan(
    Value.List? Items, int Concurrency, string Action, string Pool, TimeSpan Timeout, bool Idempotent)
{
    public int Count => Items?.Count ?? 1;
}
