namespace Executor.Core.Messages;

/// <summary>What one worker asks in one message: claims and renewals that came together travel together.</summary>
public sealed record ClaimCalls(IReadOnlyList<Claim> Claims, IReadOnlyList<Renewal> Renewals);
