using System.Collections.Immutable;
using Executor.Core.Workflows.Yaml;

namespace Executor.Core.Workflows.Reading;

/// <summary>Names with templates, written as a map or as a list of maps of one key each.</summary>
internal static class NamedTemplates
{
    public static ImmutableArray<NamedTemplate>? Read(Field? field, ValueReader values)
    {
        if (field is null)
        {
            return null;
        }

        var named = ImmutableArray.CreateBuilder<NamedTemplate>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in Entries(field, values))
        {
            if (!names.Add(entry.Key))
            {
                values.Problems.Error(
                    ProblemCode.DuplicateVariable, $"'{entry.Key}' stands twice in {field.Name}.", entry.KeyAt);
                continue;
            }

            named.Add(new NamedTemplate(entry.Key, values.Template(entry.Value), entry.KeyAt));
        }

        return named.ToImmutable();
    }

    private static IEnumerable<YamlEntry> Entries(Field field, ValueReader values)
    {
        switch (field.Node)
        {
            case YamlNode.Mapping map:
                return map.Entries;
            case YamlNode.Sequence list:
                return list.Items.SelectMany(item => Entry(item, field, values));
            default:
                values.WrongType<object>(field, "a map, or a list of maps of one key each");
                return [];
        }
    }

    private static ImmutableArray<YamlEntry> Entry(YamlNode item, Field field, ValueReader values)
    {
        if (item is YamlNode.Mapping { Entries: [_] } map)
        {
            return map.Entries;
        }

        values.Problems.Error(
            ProblemCode.WrongType, $"Each entry of {field.Name} must be a map of one key.", item.At);
        return [];
    }
}
