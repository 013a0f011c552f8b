using System.Collections.Immutable;
using Executor.Core.Runs;

namespace Executor.Chaos.Evidences;

/// <summary>A start that the load has asked for, again and again under the same key until it was answered.</summary>
/// <param name="Answers">The run of each answer 202, in order.</param>
/// <param name="Refusal">Status and body of an answer that ends the asking otherwise; null when there was none.</param>
/// <param name="CancelledAt">When a cancel of it was answered 202; null when there was none.</param>
internal sealed record Offer(
    string Key, string Workflow, DateTimeOffset At, IReadOnlyList<RunId> Answers, string? Refusal,
    DateTimeOffset? CancelledAt)
{
    /// <summary>A pause of it was answered 202.</summary>
    public bool IsPaused { get; init; }

    /// <summary>Answers to its questions of which somebody was told that they count.</summary>
    public ImmutableArray<TakenAnswer> Answered { get; init; } = [];
}

internal sealed record TakenAnswer(DispatchId Question, string Response);
