namespace Executor.Core.Messages;

/// <summary>Why a claim is refused that is not merely late.</summary>
public static class ClaimCodes
{
    /// <summary>The slot is of a pool that the sender may not serve.</summary>
    public const string Pool = "claim.pool";
}
