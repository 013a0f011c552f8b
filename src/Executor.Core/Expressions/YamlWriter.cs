using System.Globalization;
using System.Text;
using Executor.Core.Values;
using Executor.Core.Workflows.Yaml;

namespace Executor.Core.Expressions;

/// <summary>Values as YAML in block style; a text that could be taken for something else stands in quotes.</summary>
internal static class YamlWriter
{
    public static string Write(Value value)
    {
        var yaml = new StringBuilder();
        WriteNode(yaml, value, indent: 0, "");
        return yaml.Append('\n').ToString();
    }

    /// <param name="before">Written before a scalar on the same line: the space after a key or a dash.</param>
    private static void WriteNode(StringBuilder yaml, Value value, int indent, string before)
    {
        switch (value)
        {
            case Value.List { Count: > 0 } list:
                WriteList(yaml, list, indent, compact: before.Length == 0);
                break;
            case Value.Map { Count: > 0 } map:
                WriteMap(yaml, map, indent, compact: before.Length == 0);
                break;
            case Value.Text text:
                yaml.Append(before).Append(IsPlain(text.Content) ? text.Content : Quoted(text.Content));
                break;
            default:
                yaml.Append(before).Append(value);
                break;
        }
    }

    /// <param name="compact">The first element stands on the line that is already begun.</param>
    private static void WriteList(StringBuilder yaml, Value.List list, int indent, bool compact)
    {
        foreach (var item in list)
        {
            NewLine(yaml, indent, ref compact);
            yaml.Append("- ");
            WriteNode(yaml, item, indent + 2, "");
        }
    }

    private static void WriteMap(StringBuilder yaml, Value.Map map, int indent, bool compact)
    {
        foreach (var (key, value) in map)
        {
            NewLine(yaml, indent, ref compact);
            yaml.Append(IsPlain(key) ? key : Quoted(key)).Append(':');
            WriteNode(yaml, value, indent + 2, " ");
        }
    }

    private static void NewLine(StringBuilder yaml, int indent, ref bool compact)
    {
        if (!compact)
        {
            yaml.Append('\n').Append(' ', indent);
        }

        compact = false;
    }

    /// <summary>Letters and digits with what may stand between them, and no number, boolean or null.</summary>
    private static bool IsPlain(string text) =>
        text.Length > 0
        && char.IsAsciiLetter(text[0])
        && char.IsAsciiLetterOrDigit(text[^1])
        && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is ' ' or '_' or '-' or '.' or '/')
        && PlainScalar.Resolve(text) is Value.Text;

    private static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var rune in text.EnumerateRunes())
        {
            quoted.Append(rune.Value switch
            {
                '"' => "\\\"",
                '\\' => @"\\",
                '\n' => @"\n",
                '\t' => @"\t",
                '\r' => @"\r",
                < 0x20 or (>= 0x7F and <= 0xA0) or 0x2028 or 0x2029 or 0xFEFF or 0xFFFE or 0xFFFF =>
                    string.Create(CultureInfo.InvariantCulture, $"\\u{rune.Value:X4}"),
                _ => rune.ToString(),
            });
        }

        return quoted.Append('"').ToString();
    }
}
