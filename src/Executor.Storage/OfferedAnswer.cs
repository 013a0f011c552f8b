using Executor.Core.Runs;
using Executor.Core.Values;

namespace Executor.Storage;

/// <summary>An answer to a question of a run that another process has in hand.</summary>
/// <param name="Number">Counted by the store; 0 before it is stored.</param>
public sealed record OfferedAnswer(
    long Number, RunId Run, Slot Slot, Value Response, string? RespondedBy, DateTimeOffset At);

/// <summary>What the run has said to an offered answer.</summary>
/// <param name="Code"><see cref="Accepted"/>, or that of a refusal.</param>
/// <param name="Message">Null when it was accepted.</param>
public sealed record OfferVerdict(string Code, string? Message)
{
    public const string Accepted = "accepted";
}
