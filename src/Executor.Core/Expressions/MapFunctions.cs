using System.Collections.Immutable;
using Executor.Core.Values;

namespace Executor.Core.Expressions;

/// <summary>Keys, values and the union of maps; in the order in which keys were written.</summary>
internal static class MapFunctions
{
    public static readonly Function[] All =
    [
        new("keys", 1, arguments => Value.Of(arguments.Map(0).Select(entry => Value.Of(entry.Key)))) { Reads = Reading.Outer },
        new("values", 1, arguments => Value.Of(arguments.Map(0).Select(entry => entry.Value))) { Reads = Reading.Outer },
        new("items", 1, arguments => arguments.Built(Value.Of(arguments.Map(0).Select(Item)))) { Reads = Reading.Outer },
        new("merge", 2, Function.Any, Merge) { Reads = Reading.Outer },
    ];

    private static Value.Map Item(KeyValuePair<string, Value> entry) => new(
    [
        KeyValuePair.Create("key", Value.Of(entry.Key)),
        KeyValuePair.Create("value", entry.Value),
    ]);

    /// <summary>Shallow; the later map wins, the place of a key is that of the earlier.</summary>
    private static Value Merge(Arguments arguments)
    {
        var entries = ImmutableArray.CreateBuilder<KeyValuePair<string, Value>>();
        for (var index = 0; index < arguments.Count; index++)
        {
            entries.AddRange(arguments.Map(index).Entries);
            Bounds.CheckCount(entries.Count, arguments.At);
        }

        return arguments.Built(Value.Map.From(entries));
    }
}
