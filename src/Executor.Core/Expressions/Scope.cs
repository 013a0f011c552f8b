using Executor.Core.Runs;
using Executor.Core.Values;

namespace Executor.Core.Expressions;

/// <summary>All that an expression can see. Looking something up copies nothing.</summary>
public abstract class Scope
{
    /// <summary>What <c>now()</c> answers; from the command, so that replay gives the same.</summary>
    public abstract DateTimeOffset Now { get; }

    /// <summary>The ended visit or attempt of which <c>result()</c>, <c>status()</c> and so on speak; null when there is none.</summary>
    public abstract Outcome? Outcome { get; }

    /// <summary>A name at the root: a namespace, <c>item</c>, <c>index</c>, or a workflow variable.</summary>
    /// <returns>Null when nothing has this name.</returns>
    public abstract Value? Find(string name);

    /// <summary>A member of a root name, without building the root: <c>task.NAME</c> in a workflow of 10,000 tasks.</summary>
    /// <returns>Null when the root has no such member.</returns>
    public abstract Value? FindMember(string root, string member);

    /// <summary>Names at the root, or the members of one, to suggest the nearest in an error.</summary>
    public abstract IEnumerable<string> Names(string? root);

    /// <summary>What a reference stands for.</summary>
    /// <returns>Null when it is not at hand.</returns>
    public virtual Value? ContentOf(StoredResult stored) => null;

    /// <summary>The next of the ids that belong to this decision.</summary>
    public abstract string NextUuid();
}

/// <summary>How a visit, or an attempt, ended.</summary>
/// <param name="Result">What <c>result()</c> shows.</param>
/// <param name="ItemStates">What <c>item_states()</c> shows, made when it is asked for; null without items.</param>
public sealed record Outcome(SlotStatus Status, Value Result, string? Error, ItemStates? ItemStates);
