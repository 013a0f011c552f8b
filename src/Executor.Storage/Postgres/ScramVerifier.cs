using System.Security.Cryptography;
using System.Text;

namespace Executor.Storage.Postgres;

/// <summary>What PostgreSQL stores of a password, made here so that the password is in no statement and no log (RFC 5802).</summary>
internal static class ScramVerifier
{
    private const int Rounds = 4096;
    private const int SaltBytes = 16;

    public static string Of(string password)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        var salted = Rfc2898DeriveBytes.Pbkdf2(
            password, salt, Rounds, HashAlgorithmName.SHA256, SHA256.HashSizeInBytes);
        var stored = SHA256.HashData(Mac(salted, "Client Key"));
        var server = Mac(salted, "Server Key");
        return $"SCRAM-SHA-256${Rounds}:{Convert.ToBase64String(salt)}"
            + $"${Convert.ToBase64String(stored)}:{Convert.ToBase64String(server)}";
    }

    private static byte[] Mac(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));
}
