using System.Buffers;
using System.Globalization;
using System.Text;

namespace Executor.Core.Values;

/// <summary>Values as compact JSON for people and templates. The framework's writer would escape every emoji.</summary>
internal static class JsonText
{
    private static readonly SearchValues<char> Special = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Select(code => (char)code), '"', '\\', '\u007F', .. Surrogates()]);

    public static string Write(Value value)
    {
        var json = new StringBuilder();
        Write(json, value);
        return json.ToString();
    }

    private static void Write(StringBuilder json, Value value)
    {
        switch (value)
        {
            case Value.Bool flag:
                json.Append(flag.Content ? "true" : "false");
                break;
            case Value.Int integer:
                json.Append(CultureInfo.InvariantCulture, $"{integer.Content}");
                break;
            case Value.Float number:
                json.Append(ValueJson.FloatText(number.Content));
                break;
            case Value.Text text:
                Quote(json, text.Content);
                break;
            case Value.List list:
                WriteList(json, list);
                break;
            case Value.Map map:
                WriteMap(json, map);
                break;
            case Value.Stored stored:
                WriteMap(json, StoredJson.MapOf(stored.Result));
                break;
            default:
                json.Append("null");
                break;
        }
    }

    private static void WriteList(StringBuilder json, Value.List list)
    {
        json.Append('[');
        for (var index = 0; index < list.Count; index++)
        {
            if (index > 0)
            {
                json.Append(',');
            }

            Write(json, list[index]);
        }

        json.Append(']');
    }

    private static void WriteMap(StringBuilder json, Value.Map map)
    {
        json.Append('{');
        for (var index = 0; index < map.Count; index++)
        {
            if (index > 0)
            {
                json.Append(',');
            }

            Quote(json, map.Entries[index].Key);
            json.Append(':');
            Write(json, map.Entries[index].Value);
        }

        json.Append('}');
    }

    private static void Quote(StringBuilder json, string text)
    {
        json.Append('"');
        var rest = text.AsSpan();
        while (rest.IndexOfAny(Special) is >= 0 and var plain)
        {
            json.Append(rest[..plain]);
            rest = rest[plain..];
            Rune.DecodeFromUtf16(rest, out var rune, out var length);
            Escape(json, rune);
            rest = rest[length..];
        }

        json.Append(rest).Append('"');
    }

    /// <param name="rune">Half a surrogate pair has become U+FFFD: JSON cannot carry it.</param>
    private static void Escape(StringBuilder json, Rune rune)
    {
        switch (rune.Value)
        {
            case '"':
                json.Append("\\\"");
                break;
            case '\\':
                json.Append(@"\\");
                break;
            case '\n':
                json.Append(@"\n");
                break;
            case '\r':
                json.Append(@"\r");
                break;
            case '\t':
                json.Append(@"\t");
                break;
            case < 0x20 or 0x7F:
                json.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:X4}");
                break;
            default:
                json.Append(rune.ToString());
                break;
        }
    }

    private static IEnumerable<char> Surrogates() => Enumerable.Range(0xD800, 0x800).Select(code => (char)code);
}
