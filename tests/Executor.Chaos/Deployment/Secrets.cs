using System.Security.Cryptography;

namespace Executor.Chaos.Deployment;

/// <summary>The passwords of one campaign; none may ever be seen in a log, an entry or a row.</summary>
internal sealed record Secrets
{
    public string NodeDatabase { get; } = Word();

    public string NodeBroker { get; } = Word();

    public string WorkerBroker { get; } = Word();

    public string TokenKey { get; } = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    public IReadOnlyList<string> All => [NodeDatabase, NodeBroker, WorkerBroker, TokenKey];

    private static string Word() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(20));
}
