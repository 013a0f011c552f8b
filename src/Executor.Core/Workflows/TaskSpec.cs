using System.Collections.Immutable;
using Executor.Core.Expressions;

namespace Executor.Core.Workflows;

/// <summary>A node of a workflow.</summary>
/// <param name="Order">Place in the file, from 0.</param>
/// <param name="Input">Renders to a map.</param>
/// <param name="Delay">Renders to seconds, or to a text such as <c>90s</c>; null is none.</param>
/// <param name="Timeout">As <paramref name="Delay"/>, per attempt; null is the action's.</param>
/// <param name="Pool">Null is the action's.</param>
/// <param name="Idempotent">Null is the action's.</param>
public sealed record TaskSpec(
    string Name,
    int Order,
    Template Action,
    Template Input,
    Expression? When,
    WithItemsSpec? WithItems,
    JoinSpec? Join,
    Template? Delay,
    Template? Timeout,
    RetrySpec? Retry,
    ImmutableArray<TransitionSpec> Next,
    Template? Pool,
    bool? Idempotent,
    Position At)
{
    /// <summary>Names of the tasks that a parallel task runs side by side; empty for any other.</summary>
    public ImmutableArray<string> Inside { get; init; } = [];

    /// <summary>The parallel task inside of which this one stands; null outside of any.</summary>
    public string? Parent { get; init; }

    /// <summary>Of its parts; all stand where the task does when it was not read from a file.</summary>
    public TaskPlaces Places { get; init; } = new(At, [], []);

    /// <summary>It has no action of its own.</summary>
    public bool IsParallel => !Inside.IsEmpty;
}

/// <param name="Items">Renders to a list.</param>
/// <param name="Concurrency">Renders to an integer of at least 1.</param>
/// <param name="BatchSize">Elements of the list that make up one item, at least 1; null takes each for itself.</param>
/// <param name="Alias">A second name for <c>item</c>, from <c>with: x in ...</c>.</param>
public sealed record WithItemsSpec(
    Template Items, Template Concurrency, int? BatchSize, bool FailFast, string? Alias, Position At);

/// <param name="Count">Null is all inbound tasks.</param>
public sealed record JoinSpec(int? Count, Position At);

/// <param name="Count">Further attempts after the first, 1 to 100.</param>
/// <param name="Delay">Between attempts, before backoff.</param>
/// <param name="Jitter">Largest share of the wait that is added or taken away, 0 to 1.</param>
public sealed record RetrySpec(
    int Count, TimeSpan Delay, Backoff Backoff, TimeSpan? MaxDelay, double Jitter, Expression? When, Position At)
{
    /// <summary>Those of its keys that have a value, and where they stand.</summary>
    public ImmutableArray<KeyValuePair<string, Position>> Keys { get; init; } = [];
}

public enum Backoff
{
    Constant,
    Linear,
    Exponential,
}

/// <param name="When">Null always fires.</param>
/// <param name="Do">Names of tasks or engine commands, in written order.</param>
/// <param name="DoAt">Where each of <paramref name="Do"/> stands; default when it was not read from a file.</param>
/// <param name="IsElse">
/// It fires only if none of the entries before it has, back to the nearest that is not an else: together they are a
/// decision. Only <c>decision</c> writes it.
/// </param>
public sealed record TransitionSpec(
    Expression? When,
    ImmutableArray<Publication> Publish,
    ImmutableArray<string> Do,
    Position At,
    ImmutableArray<Position> DoAt = default,
    bool IsElse = false);

/// <param name="Template">Null publishes the whole result.</param>
public sealed record Publication(string Name, Template? Template, Position At);
