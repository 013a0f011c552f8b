using System.Collections.Concurrent;
using Executor.Core;

namespace Executor.Host.Api.Access;

/// <summary>Finds out whose key it is; remembers for a few seconds, so that a revoked key is soon worthless.</summary>
internal sealed class KeyRing(IApiKeys keys, TimeProvider clock)
{
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(3);
    private const int Most = 10_000;
    private readonly ConcurrentDictionary<string, (ApiKey? Key, DateTimeOffset Until)> _known = new();

    /// <returns>Null when it is nobody's, or has expired, or was revoked.</returns>
    public async ValueTask<Principal?> PrincipalOfAsync(string text, CancellationToken stop)
    {
        if (KeyText.IdOf(text) is not { } id || await FindAsync(id, stop) is not { } key || !KeyText.Matches(text, key.Hash))
        {
            return null;
        }

        return key.RevokedAt is null && clock.GetUtcNow() < key.ExpiresAt
            ? new Principal($"{key.Name} ({key.Id})", key.Role)
            : null;
    }

    private async ValueTask<ApiKey?> FindAsync(string id, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        if (_known.TryGetValue(id, out var known) && known.Until > now)
        {
            return known.Key;
        }

        var key = await keys.FindAsync(id, stop);
        if (_known.Count >= Most)
        {
            _known.Clear();
        }

        _known[id] = (key, now + Remembered);
        return key;
    }
}
