using System.Collections.Immutable;
using Executor.Core.Values;
using Executor.Core.Workflows.Yaml;

namespace Executor.Core.Workflows.Reading;

/// <summary>What a transition publishes: a map, a list of maps of one key, or bare names for the whole result.</summary>
internal static class Publications
{
    public static ImmutableArray<Publication> Read(Field? field, ValueReader values) => field?.Node switch
    {
        null => [],
        YamlNode.Mapping map => [.. map.Entries.Select(entry => Named(entry, values))],
        YamlNode.Sequence list => [.. list.Items.SelectMany(item => Entry(item, field, values))],
        _ => Entry(field.Node, field, values),
    };

    private static ImmutableArray<Publication> Entry(YamlNode item, Field field, ValueReader values)
    {
        switch (item)
        {
            case YamlNode.Mapping { Entries: [var only] }:
                return [Named(only, values)];
            case YamlNode.Scalar { Value: Value.Text } name when TaskNames.IsName(name.Text):
                return [new Publication(name.Text, null, name.At)];
            default:
                values.Problems.Error(
                    ProblemCode.WrongType,
                    $"{field.Name} must hold names or maps of one key, not {NodeText.Of(item)}.",
                    item.At);
                return [];
        }
    }

    private static Publication Named(YamlEntry entry, ValueReader values) =>
        new(entry.Key, values.Template(entry.Value), entry.KeyAt);
}
