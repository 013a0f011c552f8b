using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Executor.Core.Runs;

namespace Executor.Actors.Claims;

/// <summary>Proof that a claim was granted, which anyone with the installation's key can check without a look at the rows.</summary>
/// <param name="key">At least 32 random bytes.</param>
public sealed class ClaimToken(byte[] key)
{
    public string For(DispatchId id, string worker, string claimId) =>
        Base64Url.EncodeToString(HMACSHA256.HashData(key, Text(id, worker, claimId)));

    public bool IsFor(string? token, DispatchId id, string worker, string claimId)
    {
        var expected = Encoding.ASCII.GetBytes(For(id, worker, claimId));
        return CryptographicOperations.FixedTimeEquals(expected, Encoding.UTF8.GetBytes(token ?? string.Empty));
    }

    // Each part with its length, so that no two different claims give the same text.
    private static byte[] Text(DispatchId id, string worker, string claimId) =>
        Encoding.UTF8.GetBytes($"{id.Text.Length}:{id.Text}/{worker.Length}:{worker}/{claimId.Length}:{claimId}");
}
