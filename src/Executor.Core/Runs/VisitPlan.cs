using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Executor.Core.Values;

namespace Executor.Core.Runs;

/// <summary>What was rendered when a visit opened and holds for all its items and attempts.</summary>
/// <param name="Items">Null for a task without items; for a parallel task, the names of the tasks inside.</param>
/// <param name="Concurrency">Items in flight, at least 1.</param>
/// <param name="Timeout">Of one attempt; of a call or a question without any, the longest there is.</param>
/// <param name="IsCall">The action is a workflow, and each attempt a run of it.</param>
/// <param name="IsQuestion">The action asks a person.</param>
public sealed record VisitPlan(
    Value.List? Items, int Concurrency, string Action, string Pool, TimeSpan Timeout, bool Idempotent,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool IsCall = false,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool IsQuestion = false)
{
    public int Count => Items?.Count ?? 1;

    /// <summary>A parallel task sends nothing itself, and holds nothing inside it back.</summary>
    public static VisitPlan OfInside(ImmutableArray<string> names) =>
        new(new Value.List([.. names.Select(Value.Of)]), names.Length, "", "", TimeSpan.Zero, Idempotent: false);
}
