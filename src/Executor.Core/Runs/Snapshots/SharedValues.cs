using System.Collections.Immutable;
using System.Text.Json;
using Executor.Core.Values;

namespace Executor.Core.Runs.Snapshots;

/// <summary>
/// Values: scalars as they are, a list as <c>{"l":[…]}</c>, an object as <c>{"o":{…}}</c>, and either of them, or a
/// longer text, where it appears again as <c>{"r":7}</c>, the shared part 7. What lies beside the journal is
/// <c>{"s":[id,bytes,kind,weight,depth]}</c>. What is empty is never shared: that it is the same object says nothing.
/// </summary>
internal static class SharedValues
{
    /// <summary>A shorter text costs no more than its number. Part of the format, because longer ones are counted.</summary>
    private const int LongText = 32;

    public static void Write(StateWriter to, Value value)
    {
        if (to.NumberOf(value) is { } number)
        {
            to.Json.WriteStartObject();
            to.Json.WriteNumber("r", number);
            to.Json.WriteEndObject();
            return;
        }

        WriteFirst(to, value);
        if (IsShared(value))
        {
            to.Remember(value);
        }
    }

    public static Value Read(ref StateReader from)
    {
        if (from.Token != JsonTokenType.StartObject)
        {
            return Remembered(ref from, from.Scalar());
        }

        from.Advance();
        var value = from.PropertyHere() switch
        {
            "r" => from.Known<Value>(from.Number()),
            "l" => Remembered(ref from, ReadList(ref from)),
            "o" => Remembered(ref from, ReadMap(ref from)),
            "s" => Remembered(ref from, ReadStored(ref from)),
            var other => throw new JsonException($"'{other}' is no kind of value."),
        };
        from.End(JsonTokenType.EndObject);
        return value;
    }

    private static bool IsShared(Value value) => value switch
    {
        Value.Map map => map.Count > 0,
        Value.List list => list.Count > 0,
        Value.Text text => text.Content.Length >= LongText,
        Value.Stored => true,
        _ => false,
    };

    private static void WriteFirst(StateWriter to, Value value)
    {
        if (value is not (Value.Map or Value.List or Value.Stored))
        {
            ValueJson.WriteTo(to.Json, value);
            return;
        }

        to.Json.WriteStartObject();
        if (value is Value.List list)
        {
            to.List(list.Items, Write, "l");
        }
        else if (value is Value.Stored { Result: var stored })
        {
            to.Json.WriteStartArray("s");
            to.Json.WriteStringValue(stored.Id);
            to.Json.WriteNumberValue(stored.Bytes);
            to.Json.WriteStringValue(stored.Kind);
            to.Json.WriteNumberValue(stored.Weight);
            to.Json.WriteNumberValue(stored.Depth);
            to.Json.WriteEndArray();
        }
        else
        {
            to.Json.WriteStartObject("o");
            foreach (var (key, entry) in ((Value.Map)value).Entries)
            {
                to.Value(entry, key);
            }

            to.Json.WriteEndObject();
        }

        to.Json.WriteEndObject();
    }

    private static Value.List ReadList(ref StateReader from) => new(from.List(Read));

    private static Value.Map ReadMap(ref StateReader from)
    {
        from.Begin();
        var entries = ImmutableArray.CreateBuilder<KeyValuePair<string, Value>>();
        while (!from.Ends(JsonTokenType.EndObject))
        {
            entries.Add(KeyValuePair.Create(from.PropertyHere(), from.Value()));
        }

        return new Value.Map(entries.DrainToImmutable());
    }

    private static Value.Stored ReadStored(ref StateReader from)
    {
        from.Advance();
        from.Require(JsonTokenType.StartArray);
        var stored = new StoredResult(from.Text(), from.LongNumber(), from.Text(), from.LongNumber(), from.Number());
        from.End(JsonTokenType.EndArray);
        return new Value.Stored(stored);
    }

    private static Value Remembered(ref StateReader from, Value value)
    {
        if (IsShared(value))
        {
            from.Remember(value);
        }

        return value;
    }
}
