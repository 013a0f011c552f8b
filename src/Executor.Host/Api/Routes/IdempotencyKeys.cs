using System.Security.Cryptography;
using System.Text;
using Executor.Core.Runs;
using Executor.Core.Values;
using Executor.Host.Api.Access;

namespace Executor.Host.Api.Routes;

/// <summary>
/// The same caller and key give the same run, on every node and for as long as the run is kept: nothing has to be looked
/// up, and two nodes that are asked at once reach the same actor.
/// </summary>
/// <param name="secret">Of the installation, so that nobody can guess the id of another's run.</param>
internal sealed class IdempotencyKeys(byte[] secret)
{
    public RunId RunOf(Principal caller, string key) => new(
        Convert.ToHexStringLower(
            HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes($"{caller.Name.Length}:{caller.Name}/{key}")))[..32]);

    /// <summary>Kept with the run, so that the same key with another content is noticed.</summary>
    public static string Fingerprint(string key, string definitionHash, Value.Map inputs) => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes($"{key.Length}:{key}/{definitionHash}/{ValueJson.Write(inputs)}")));
}
