using System.Collections.Immutable;
using Executor.Core.Expressions;

namespace Executor.Core.Workflows.Yaml;

/// <summary>The entries of a mapping while it is read: no key twice, written keys before merged ones.</summary>
internal sealed class YamlEntries(ProblemList problems)
{
    private readonly List<YamlEntry> _entries = [];
    private readonly Dictionary<string, Position> _written = new(StringComparer.Ordinal);
    private (Position At, int Place, List<YamlEntry> Entries)? _merged;

    public void Add(YamlEntry entry)
    {
        if (_written.TryAdd(entry.Key, entry.KeyAt))
        {
            _entries.Add(entry);
        }
        else
        {
            Twice(entry.Key, entry.KeyAt, _written[entry.Key]);
        }
    }

    /// <returns>The nodes that the merge adds.</returns>
    public int Merge(Position at, YamlNode value)
    {
        if (_merged is { } first)
        {
            Twice("<<", at, first.At);
            return 0;
        }

        var sources = value is YamlNode.Sequence list ? list.Items : [value];
        if (sources.Any(source => source is not YamlNode.Mapping))
        {
            problems.Error(ProblemCode.YamlSyntax, "'<<' merges a map or a list of maps.", value.At);
            return 0;
        }

        var entries = sources.SelectMany(source => ((YamlNode.Mapping)source).Entries).ToList();
        _merged = (at, _entries.Count, entries);
        return entries.Sum(entry => 1 + entry.Value.Size);
    }

    public ImmutableArray<YamlEntry> ToImmutable()
    {
        if (_merged is not { } merged)
        {
            return [.. _entries];
        }

        var seen = new HashSet<string>(_written.Keys, StringComparer.Ordinal);
        var added = merged.Entries.Where(entry => seen.Add(entry.Key));
        return [.. _entries.Take(merged.Place), .. added, .. _entries.Skip(merged.Place)];
    }

    private void Twice(string key, Position at, Position first) =>
        problems.Error(ProblemCode.YamlDuplicateKey, $"The key '{key}' stands at {first} and again at {at}.", at);
}
