using System.Collections.Immutable;
using Executor.Core.Expressions;
using Executor.Core.Runs;
using Executor.Core.Values;

namespace Executor.Core.Rehearsing;

/// <summary>What a rehearsed run is started with, how its attempts end, and in which order.</summary>
/// <param name="Tasks">
/// Visits of a task in order; the last one repeats. <c>call/task</c> is a task of the workflow that <c>call</c> calls.
/// </param>
/// <param name="Controls">In order of <see cref="ScriptedControl.After"/>.</param>
public sealed record RehearsalScript(
    Value.Map Inputs,
    ScriptedOutcome Default,
    ImmutableDictionary<string, ImmutableArray<ScriptedVisit>> Tasks,
    DeliveryOrder Order,
    ImmutableArray<ScriptedControl> Controls)
{
    /// <summary>No inputs; every attempt succeeds with null, in the order of dispatch.</summary>
    public static readonly RehearsalScript Empty = new(
        Value.Map.Empty, ScriptedOutcome.Succeeded, ImmutableDictionary<string, ImmutableArray<ScriptedVisit>>.Empty,
        new DeliveryOrder.Fifo(), []);

    /// <summary>They go before <see cref="Tasks"/>; of those that cover a place the last one holds.</summary>
    public ImmutableArray<OutcomeRule> Rules { get; init; } = [];

    /// <summary>Null lets none fail by chance.</summary>
    public RandomFailures? Failures { get; init; }

    /// <summary>What the author expects; the run itself does not depend on it.</summary>
    public Expectation Expect { get; init; } = Expectation.Nothing;

    /// <summary>
    /// Whether it tells how an attempt ends, and does not leave it to the default: then a workflow that the task calls is
    /// not run.
    /// </summary>
    public bool Says(Slot slot) => Rules.Any(rule => rule.Covers(slot))
        || (Tasks.TryGetValue(slot.Task, out var visits) && !visits.IsEmpty);

    /// <summary>How an attempt ends.</summary>
    public ScriptedOutcome OutcomeOf(Slot slot)
    {
        var scripted = Scripted(slot);
        return scripted.Status == SlotStatus.Completed && Failures?.Of(slot) is { } bad ? bad : scripted;
    }

    /// <summary>How a question ends: people neither fail nor get lost, but they may be late where there is a time.</summary>
    /// <param name="isBound">The question has a timeout.</param>
    public ScriptedOutcome AnswerOf(Slot slot, bool isBound)
    {
        var scripted = Scripted(slot);
        return scripted.Status == SlotStatus.Completed && isBound && Failures?.Of(slot) is { } bad
            ? bad with { Status = SlotStatus.Timeout }
            : scripted;
    }

    /// <summary>Whether it says nothing at all about how a question ends: then nobody answers it.</summary>
    public bool LeavesOpen(Slot slot) => Said(slot) is null && Default is { Status: SlotStatus.Completed, IsAnswer: false };

    private ScriptedOutcome Scripted(Slot slot) => Said(slot) ?? Default;

    private ScriptedOutcome? Said(Slot slot)
    {
        if (Rules.LastOrDefault(rule => rule.Covers(slot)) is { } rule)
        {
            return rule.Outcome;
        }

        if (!Tasks.TryGetValue(slot.Task, out var visits) || visits.IsEmpty)
        {
            return null;
        }

        var visit = visits[Math.Min(slot.Visit, visits.Length) - 1];
        if (visit.Items.IsDefault || slot.Item == Slot.NoItem)
        {
            return visit.Attempts.Of(slot.Attempt);
        }

        return slot.Item < visit.Items.Length ? visit.Items[slot.Item].Of(slot.Attempt) : null;
    }
}

/// <summary>How one attempt ends.</summary>
/// <param name="Result">
/// Null when the script names none: then that of a success is null, and a bad end has <c>succeeded</c> and <c>error</c> as
/// outside of rehearsals.
/// </param>
/// <param name="Error">What <c>error()</c> shows; null when the script names none.</param>
public sealed record ScriptedOutcome(SlotStatus Status, Value? Result, string? Error)
{
    public static readonly ScriptedOutcome Succeeded = new(SlotStatus.Completed, null, null);

    /// <summary>A person gives <see cref="Result"/> as the answer, which is checked as any answer is.</summary>
    public bool IsAnswer { get; init; }

    /// <summary>Where the answer stands in the text of the script; null where it is none, or no text says it.</summary>
    public Position? At { get; init; }

    public ItemOutcome ToOutcome() => new(Status, Result ?? Usual, Error);

    private Value Usual => Status == SlotStatus.Completed ? Value.Null : ItemOutcome.ResultOf(Status, Error);
}

/// <summary>The attempts at one visit without items, or at one item.</summary>
/// <param name="Listed">The first attempts, in order.</param>
/// <param name="Otherwise">All further ones; null: the last listed one repeats.</param>
public sealed record ScriptedAttempts(ImmutableArray<ScriptedOutcome> Listed, ScriptedOutcome? Otherwise)
{
    public static readonly ScriptedAttempts None = new([], null);

    /// <returns>Null when it says nothing.</returns>
    internal ScriptedOutcome? Of(int attempt) =>
        attempt <= Listed.Length ? Listed[attempt - 1] : Otherwise ?? Listed.LastOrDefault();
}

/// <param name="Attempts">For a visit without items, and for every item when there is no list of items.</param>
/// <param name="Items">By index; further items end as the script's default. Default array: not given.</param>
public sealed record ScriptedVisit(ScriptedAttempts Attempts, ImmutableArray<ScriptedAttempts> Items);

/// <param name="After">Number of completions delivered before it acts.</param>
public sealed record ScriptedControl(int After, ControlOperation Operation);

public enum ControlOperation
{
    Cancel,
}
