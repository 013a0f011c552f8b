namespace Executor.Core.Messages;

/// <summary>Answers to what one worker has asked, in any order; those that are missing follow, or never come.</summary>
public sealed record ClaimAnswers(IReadOnlyList<ClaimAnswer> Claims, IReadOnlyList<RenewalAnswer> Renewals);
