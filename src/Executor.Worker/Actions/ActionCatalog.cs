using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace Executor.Worker.Actions;

/// <summary>The actions a worker has. Names compare without case.</summary>
public sealed class ActionCatalog
{
    private readonly FrozenDictionary<string, IActionRunner> _runners;
    private readonly FrozenSet<string> _names;

    /// <exception cref="ArgumentException">A name comes twice.</exception>
    public ActionCatalog(IEnumerable<KeyValuePair<string, IActionRunner>> actions)
    {
        var known = new Dictionary<string, IActionRunner>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, runner) in actions)
        {
            if (!known.TryAdd(name, runner))
            {
                throw new ArgumentException($"There are two actions named '{name}'.", nameof(actions));
            }
        }

        _runners = known.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
        _names = known.Keys.ToFrozenSet(StringComparer.OrdinalIgnoreCase);
    }

    public IEnumerable<string> Names => _runners.Keys.Order(StringComparer.Ordinal);

    public bool TryGet(string name, [NotNullWhen(true)] out IActionRunner? runner) =>
        _runners.TryGetValue(name, out runner);

    /// <returns>As it was registered; null when there is none.</returns>
    public string? NameOf(string name) =>
        _names.TryGetValue(name, out var registered) ? registered : null;

    /// <summary>
    /// A name that begins so, else the one with the fewest differences; null when there is none at all.
    /// </summary>
    public string? Nearest(string name) =>
        Names.FirstOrDefault(known => known.StartsWith(name, StringComparison.OrdinalIgnoreCase))
        ?? Names.MinBy(known => Distance(known.ToUpperInvariant(), name.ToUpperInvariant()));

    private static int Distance(string left, string right)
    {
        var above = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var row = 1; row <= left.Length; row++)
        {
            var diagonal = above[0];
            above[0] = row;
            for (var column = 1; column <= right.Length; column++)
            {
                var replaced = diagonal + (left[row - 1] == right[column - 1] ? 0 : 1);
                diagonal = above[column];
                above[column] = Math.Min(replaced, Math.Min(above[column], above[column - 1]) + 1);
            }
        }

        return above[^1];
    }
}
