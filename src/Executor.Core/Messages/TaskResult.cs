using System.Text.Json.Serialization;
using Executor.Core.Runs;

namespace Executor.Core.Messages;

/// <summary>The end of one attempt, told by the worker that made it.</summary>
/// <param name="Token">Proof that the claim was granted to this worker; see <see cref="ClaimAnswer.Granted"/>.</param>
/// <param name="EndedAt">End of the work in UTC by the worker's clock.</param>
public sealed record TaskResult(
    DispatchId Id, RunId Run, Slot Slot, ItemOutcome Outcome, string Worker, string ClaimId, string Token,
    DateTimeOffset StartedAt, DateTimeOffset EndedAt)
{
    /// <summary>The traceparent of the work; null where nothing is traced. Travels beside the body.</summary>
    [JsonIgnore]
    public string? Trace { get; init; }
}
