using System.Globalization;
using System.Text;
using Executor.Core.Expressions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Executor.Core.Workflows.Yaml;

/// <summary>A text that may be parsed: within the size limit, printable characters only, without a byte order mark.</summary>
internal sealed class YamlSource
{
    private YamlSource(string text) => Text = text;

    public string Text { get; }

    /// <param name="kept">The text was taken before: what ends lines only for some was no reason to refuse it.</param>
    /// <exception cref="YamlRefusedException">
    /// Too long, or with characters that YAML does not know or of which people and parsers think differently.
    /// </exception>
    public static YamlSource Of(string text, bool kept)
    {
        if (text.Length > YamlLimits.TextBytes || Encoding.UTF8.GetByteCount(text) > YamlLimits.TextBytes)
        {
            throw new YamlRefusedException(
                ProblemCode.YamlLimit, $"The text is longer than {YamlLimits.TextBytes / 1024} KiB.", Position.Start);
        }

        var body = text.StartsWith('\uFEFF') ? text[1..] : text;
        for (var index = 0; index < body.Length; index++)
        {
            if (char.IsHighSurrogate(body[index]) && index + 1 < body.Length && char.IsLowSurrogate(body[index + 1]))
            {
                index++;
            }
            else if (!IsPrintable(body[index]))
            {
                throw new YamlRefusedException(
                    ProblemCode.YamlSyntax, $"The character U+{Code(body[index])} is not allowed in a file.", At(body, index));
            }
            else if (!kept && IsHiddenBreak(body[index]))
            {
                var code = Code(body[index]);
                throw new YamlRefusedException(
                    ProblemCode.YamlSyntax, $"The character U+{code} ends the line for some programs and not for others.",
                    At(body, index), $"Remove it; in a value write \"\\u{code}\", in double quotes.");
            }
        }

        return new YamlSource(body);
    }

    public static Position At(Mark mark) => new((int)mark.Line, (int)mark.Column);

    /// <summary>The parser sees its own line break behind the last line.</summary>
    public Position Within(Mark mark) => mark.Index < Text.Length ? At(mark) : At(Text, Text.Length);

    /// <summary>Where the content of a scalar stands, so that a template in it knows its own place.</summary>
    public TextPlaces PlacesOf(Scalar scalar) => ScalarPlaces.Of(Text, scalar);

    /// <summary>The last tab that a line up to <paramref name="last"/> is indented with; else the first one after it.</summary>
    /// <returns>Null when no line from <paramref name="first"/> on is indented with one.</returns>
    public Position? IndentingTab(int first, int last)
    {
        Position? found = null;
        var number = 0;
        foreach (var line in Text.AsSpan().EnumerateLines())
        {
            number++;
            var indentation = line[..^line.TrimStart().Length];
            if (number >= first && indentation.Length < line.Length && indentation.IndexOf('\t') is >= 0 and var tab)
            {
                if (number > last)
                {
                    return found ?? new Position(number, tab + 1);
                }

                found = new Position(number, tab + 1);
            }
        }

        return found;
    }

    private static bool IsPrintable(char character) =>
        character is '\t' or '\n' or '\r' or '\u0085' or (>= ' ' and <= '~') or (>= '\u00A0' and <= '\uD7FF')
            or (>= '\uE000' and <= '\uFFFD' and not '\uFEFF');

    /// <summary>
    /// The parser ends lines there, as YAML 1.1 does. YAML 1.2 and most editors do not: what stands behind a comment would
    /// look like a part of it, and be obeyed.
    /// </summary>
    private static bool IsHiddenBreak(char character) => character is '\u0085' or '\u2028' or '\u2029';

    private static string Code(char character) => ((int)character).ToString("X4", CultureInfo.InvariantCulture);

    private static Position At(string text, int index)
    {
        var (lines, last) = (0, 0);
        foreach (var line in text.AsSpan(0, index).EnumerateLines())
        {
            (lines, last) = (lines + 1, line.Length);
        }

        return new Position(lines, last + 1);
    }
}
