using Executor.Core.Workflows.Yaml;

namespace Executor.Core.Workflows.Reading;

/// <summary>A mapping of which every key is known.</summary>
/// <param name="owner">Whose keys they are, for messages: <c>task 'build'</c>.</param>
internal sealed class Fields(YamlNode.Mapping mapping, string owner, ProblemList problems)
{
    public YamlNode.Mapping Mapping { get; } = mapping;

    public string Owner { get; } = owner;

    /// <returns>Null when it is no mapping; reported.</returns>
    public static Fields? Of(YamlNode node, string owner, KeyTable keys, ProblemList problems)
    {
        if (node is not YamlNode.Mapping mapping)
        {
            problems.Error(
                ProblemCode.WrongType, $"Expected a map of keys for {owner}, not {NodeText.Of(node)}.", node.At);
            return null;
        }

        foreach (var entry in mapping.Entries)
        {
            if (keys.Later.TryGetValue(entry.Key, out var advice))
            {
                problems.Error(
                    ProblemCode.Unsupported,
                    $"The key '{entry.Key}' of {owner} is not available in this version.",
                    entry.KeyAt,
                    advice);
            }
            else if (!keys.Known.Contains(entry.Key))
            {
                var instead = keys.Foreign.GetValueOrDefault(entry.Key);
                var hint = instead is null ? problems.DidYouMean(entry.Key, keys.Known.Order(StringComparer.Ordinal)) : "";
                problems.Error(
                    ProblemCode.UnknownKey, $"'{entry.Key}' is no key of {owner}.{hint}", entry.KeyAt, instead);
            }
        }

        return new Fields(mapping, owner, problems);
    }

    /// <summary>The value of a key, under its name or an alias. An empty value (<c>input:</c>) counts as absent.</summary>
    public Field? Find(string key, params string[] aliases) =>
        FindEvenEmpty(key, aliases) is { Node: not YamlNode.Scalar { Value.IsNull: true } } found ? found : null;

    /// <summary>As <see cref="Find"/>, but an empty value is a value.</summary>
    public Field? FindEvenEmpty(string key, params string[] aliases)
    {
        var found = Mapping.Entries
            .Where(entry => entry.Key == key || aliases.Contains(entry.Key))
            .Select(entry => new Field(entry.Key, Owner, entry.KeyAt, entry.Value))
            .ToList();
        if (found.Count > 1)
        {
            problems.Error(
                ProblemCode.WrongValue,
                $"'{found[0].Key}' and '{found[1].Key}' of {Owner} mean the same.",
                found[1].KeyAt,
                "Keep one of the two.");
        }

        return found.FirstOrDefault();
    }

    public Field? Require(string key)
    {
        var found = Find(key);
        if (found is null)
        {
            problems.Error(ProblemCode.Missing, $"'{key}' is missing in {Owner}.", Mapping.At);
        }

        return found;
    }
}
