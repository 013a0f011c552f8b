using System.Security.Cryptography;
using System.Text;

namespace Executor.Host.Api.Access;

/// <summary>Keys as their holders have them: <c>ex_key_</c>, 8 characters of id, <c>_</c>, 43 of secret.</summary>
/// <remarks>The beginning is the same for all, so that scanners for leaked secrets find them.</remarks>
internal static class KeyText
{
    private const string Beginning = "ex_key_";
    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private const int IdLength = 8;

    /// <summary>More than 256 random bits.</summary>
    private const int SecretLength = 43;

    public static string New() =>
        $"{Beginning}{RandomNumberGenerator.GetString(Alphabet, IdLength)}_{RandomNumberGenerator.GetString(Alphabet, SecretLength)}";

    /// <returns>Null when it is no key.</returns>
    public static string? IdOf(string text) =>
        text.Length == Beginning.Length + IdLength + 1 + SecretLength
        && text.StartsWith(Beginning, StringComparison.Ordinal) && text[Beginning.Length + IdLength] == '_'
            ? text.Substring(Beginning.Length, IdLength)
            : null;

    /// <summary>Enough for a secret of this length: there is no list of likely ones to try.</summary>
    public static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    public static bool Matches(string text, string hash) => CryptographicOperations.FixedTimeEquals(
        Encoding.ASCII.GetBytes(HashOf(text)), Encoding.ASCII.GetBytes(hash));
}
