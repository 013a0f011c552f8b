using System.Text.Json.Serialization;
using Executor.Core.Runs;

namespace Executor.Core.Messages;

/// <summary>A worker asks to be the one that makes an attempt.</summary>
/// <param name="ClaimId">Random, the worker's own; repeating a claim with it is granted again, any other is refused.</param>
/// <param name="Waited">From the request's publishing to this claim, for people; null when it is not known.</param>
public sealed record Claim(
    DispatchId Id, RunId Run, Slot Slot, string Worker, string ClaimId,
    [property: JsonPropertyName("waitedSeconds"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    TimeSpan? Waited = null)
{
    /// <summary>Who sends it, where the broker vouches for that and not every pool is open to it; null: it may serve all.</summary>
    [JsonIgnore]
    public ClaimSender? Sender { get; init; }
}

/// <param name="User">The broker's.</param>
/// <param name="Pools">Whose slots it may claim.</param>
public sealed record ClaimSender(string User, IReadOnlyList<string> Pools);

/// <summary>A worker says that it is still at it.</summary>
public sealed record Renewal(DispatchId Id, string Worker, string ClaimId);

public abstract record ClaimAnswer(DispatchId Id)
{
    /// <param name="Token">To be sent with the result; at most one is ever given out for an attempt.</param>
    /// <param name="Lease">How long the claim holds without a renewal, counted from when the claim was sent.</param>
    public sealed record Granted(DispatchId Id, string Token, TimeSpan Lease) : ClaimAnswer(Id);

    /// <summary>Somebody else has it, or it has ended: acknowledge the request and drop it.</summary>
    /// <param name="Code">Null, or why nobody who asks like this will ever have it: one of <see cref="ClaimCodes"/>.</param>
    public sealed record Refused(DispatchId Id, string? Code = null) : ClaimAnswer(Id);
}

/// <param name="Running">False: the attempt has ended for the executor; stop working on it.</param>
public sealed record RenewalAnswer(DispatchId Id, bool Running);

/// <summary>A worker should stop an attempt, or never start it.</summary>
/// <param name="Worker">Null when it is not known who has it: the whole pool is told.</param>
public sealed record CancelRequest(DispatchId Id, RunId Run, Slot Slot, string Pool, string? Worker);
