using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Executor.Core.Values;

/// <summary>Values as JSON text. A number with a point or an exponent is a float and is written with one again.</summary>
public sealed class ValueJson : JsonConverter<Value>
{
    private const int MaxDepth = 512;

    /// <exception cref="JsonException">Not JSON, or an integer outside 64 bits.</exception>
    public static Value Parse(string json) => Parse(Encoding.UTF8.GetBytes(json));

    /// <exception cref="JsonException">Not JSON, or an integer outside 64 bits.</exception>
    public static Value Parse(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = MaxDepth });
        reader.Read();
        var value = ReadFrom(ref reader);
        return reader.Read() ? throw new JsonException("More than one JSON value.") : value;
    }

    /// <summary>Compact, with every character that JSON allows as it is.</summary>
    public static string Write(Value value) => JsonText.Write(value);

    /// <summary>The shortest text that reads back as the same float, always with a point or an exponent.</summary>
    public static string FloatText(double value)
    {
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        return text.AsSpan().IndexOfAny('.', 'E', 'e') >= 0 ? text : text + ".0";
    }

    /// <summary>Reads the value at which the reader stands and leaves the reader on its last token.</summary>
    public static Value ReadFrom(ref Utf8JsonReader reader) => ReadFrom(ref reader, refers: false);

    /// <param name="refers">Whether references are among them; see <see cref="ReferringJson"/>.</param>
    internal static Value ReadFrom(ref Utf8JsonReader reader, bool refers)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                return Value.Null;
            case JsonTokenType.True:
                return Value.True;
            case JsonTokenType.False:
                return Value.False;
            case JsonTokenType.String:
                return new Value.Text(ReadText(ref reader));
            case JsonTokenType.Number:
                return ReadNumber(ref reader);
            case JsonTokenType.StartArray:
                var items = ImmutableArray.CreateBuilder<Value>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    items.Add(ReadFrom(ref reader, refers));
                }

                return new Value.List(items.DrainToImmutable());
            case JsonTokenType.StartObject:
                var entries = new List<KeyValuePair<string, Value>>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
                {
                    var key = ReadText(ref reader);
                    reader.Read();
                    entries.Add(KeyValuePair.Create(key, ReadFrom(ref reader, refers)));
                }

                var map = Value.Map.From(entries);
                return refers ? StoredJson.Read(map) : map;
            default:
                throw new JsonException($"Unexpected {reader.TokenType}.");
        }
    }

    /// <summary>For people and programs outside: a reference is an object like any other.</summary>
    public static void WriteTo(Utf8JsonWriter writer, Value value) => WriteTo(writer, value, refers: false);

    internal static void WriteTo(Utf8JsonWriter writer, Value value, bool refers)
    {
        switch (value)
        {
            case Value.Bool flag:
                writer.WriteBooleanValue(flag.Content);
                break;
            case Value.Int integer:
                writer.WriteNumberValue(integer.Content);
                break;
            case Value.Float number:
                writer.WriteRawValue(FloatText(number.Content), skipInputValidation: true);
                break;
            case Value.Text text:
                writer.WriteStringValue(text.Content);
                break;
            case Value.List list:
                writer.WriteStartArray();
                foreach (var item in list.Items)
                {
                    WriteTo(writer, item, refers);
                }

                writer.WriteEndArray();
                break;
            case Value.Map map:
                var escapes = refers && StoredJson.LooksLikeOne(map);
                writer.WriteStartObject();
                foreach (var (key, entry) in map.Entries)
                {
                    writer.WritePropertyName(escapes ? StoredJson.Escaped(key) : key);
                    WriteTo(writer, entry, refers);
                }

                writer.WriteEndObject();
                break;
            case Value.Stored stored:
                StoredJson.Write(writer, stored.Result);
                break;
            default:
                writer.WriteNullValue();
                break;
        }
    }

    public override bool HandleNull => true;

    public override bool CanConvert(Type typeToConvert) => typeof(Value).IsAssignableFrom(typeToConvert);

    public override Value Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        ReadFrom(ref reader);

    public override void Write(Utf8JsonWriter writer, Value value, JsonSerializerOptions options) =>
        WriteTo(writer, value);

    private static string ReadText(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException error)
        {
            throw new JsonException("A text holds half a surrogate pair, or is not UTF-8.", error);
        }
    }

    private static Value ReadNumber(ref Utf8JsonReader reader)
    {
        var text = reader.HasValueSequence ? reader.ValueSequence.ToArray() : reader.ValueSpan;
        if (text.IndexOfAny((byte)'.', (byte)'e', (byte)'E') >= 0)
        {
            var number = reader.GetDouble();
            return double.IsFinite(number)
                ? new Value.Float(number)
                : throw new JsonException("A number is outside the range of a float.");
        }

        return reader.TryGetInt64(out var integer)
            ? new Value.Int(integer)
            : throw new JsonException("An integer is outside 64 bits.");
    }
}
