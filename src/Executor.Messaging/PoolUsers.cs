using System.Collections.Frozen;
using Executor.Messaging.Amqp;

namespace Executor.Messaging;

/// <summary>Which workers a user of the broker may speak for: those whose name begins with one of its pools and a dot.</summary>
/// <remarks>
/// A user that is called <c>ex_worker_POOL</c> has that pool; others have what is written down for them. Users without
/// either may speak for every worker, unless it is written down that they may not: then only those with a pool may.
/// </remarks>
public sealed class PoolUsers
{
    /// <summary>What the names of pools' own users begin with.</summary>
    public const string Prefix = "ex_worker_";

    private const string Others = "*";
    private readonly FrozenDictionary<string, string[]> _pools;

    private PoolUsers(Dictionary<string, string[]> pools) => _pools = pools.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>By their names alone.</summary>
    public static PoolUsers ByName { get; } = new([]);

    /// <param name="text">
    /// <c>user=pool+pool</c>, with commas; <c>*=</c> as the user of one entry means all who are not named, who have no pool.
    /// </param>
    /// <exception cref="FormatException">Says which entry is none.</exception>
    public static PoolUsers Parse(string text)
    {
        var pools = new Dictionary<string, string[]>(StringComparer.Ordinal);
        foreach (var entry in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = entry.Split('=');
            var named = parts.Length == 2 ? parts[1].Split('+', StringSplitOptions.RemoveEmptyEntries) : [];
            var isWhole = parts.Length == 2 && parts[0].Length > 0 && named.All(AmqpTopology.IsName)
                && (named.Length > 0) == (parts[0] != Others);
            if (!isWhole || !pools.TryAdd(parts[0], named))
            {
                throw new FormatException($"'{entry}' is no entry, or the second for its user; one is user=pool+pool, or *=.");
            }
        }

        return new PoolUsers(pools);
    }

    public bool MaySpeakFor(string user, string worker) =>
        PoolsOf(user) is not { } pools || pools.Any(pool => IsOf(pool, worker));

    /// <returns>Whose slots it may claim. Null: all.</returns>
    public IReadOnlyList<string>? PoolsOf(string user) =>
        _pools.TryGetValue(user, out var own) ? own
        : user.StartsWith(Prefix, StringComparison.Ordinal) && user.Length > Prefix.Length ? [user[Prefix.Length..]]
        : _pools.GetValueOrDefault(Others);

    private static bool IsOf(string pool, string worker) =>
        worker.Length > pool.Length && worker[pool.Length] == '.' && worker.StartsWith(pool, StringComparison.Ordinal);
}
