using System.Security.Cryptography;

namespace Executor.Chaos.Deployment;

/// <summary>The passwords of one campaign; none may ever be seen in a log, an entry or a row.</summary>
internal sealed record Secrets
{
    public string NodeDatabase { get; } = Word();

    public string NodeBroker { get; } = Word();

    public string WorkerBroker { get; } = Word();

    public string TokenKey { get; } = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    /// <summary>Null where nodes are on loopback.</summary>
    public NodeCertificate? Certificate { get; init; }

    /// <summary>Of an administrator of the API; null where nodes are on loopback.</summary>
    public string? ApiKey { get; init; }

    public IReadOnlyList<string> All =>
        [.. new[] { NodeDatabase, NodeBroker, WorkerBroker, TokenKey, Certificate?.Password, ApiKey }.OfType<string>()];

    private static string Word() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(20));
}
