using System.Collections.Immutable;
using System.Globalization;
using Executor.Core.Expressions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Executor.Core.Workflows.Yaml;

/// <summary>Finds the characters of a scalar in the file that it was read from.</summary>
/// <remarks>
/// Whatever quoting, folding and indentation have done to blanks and line breaks, all other characters stand in the file
/// in the same order, some of them escaped. So these are followed, and blanks lie between them. Where that fails, the rest
/// keeps the place that it would have without any of it.
/// </remarks>
internal sealed class ScalarPlaces
{
    private readonly string _file;
    private readonly ScalarStyle _style;
    private readonly ImmutableArray<(int Index, Position At)>.Builder _starts =
        ImmutableArray.CreateBuilder<(int Index, Position At)>();

    private int _next;
    private int _line;
    private int _lineStart;

    private ScalarPlaces(string file, Scalar scalar)
    {
        _file = file;
        _style = scalar.Style;
        _next = Math.Min((int)scalar.Start.Index, file.Length);
        _line = (int)scalar.Start.Line;
        _lineStart = _next - (int)scalar.Start.Column + 1;
    }

    public static TextPlaces Of(string file, Scalar scalar) => new ScalarPlaces(file, scalar).Follow(scalar.Value);

    private Position Here => new(_line, _next - _lineStart + 1);

    private bool IsAtEnd => _next >= _file.Length;

    private TextPlaces Follow(string text)
    {
        SkipProperties();
        SkipOpening();
        if (!text.Contains('\n', StringComparison.Ordinal) && string.CompareOrdinal(_file, _next, text, 0, text.Length) == 0)
        {
            return new TextPlaces([(0, Here)]);
        }

        for (var index = 0; index < text.Length;)
        {
            if (char.IsWhiteSpace(text[index]))
            {
                index++;
                continue;
            }

            SkipBlanks();
            var (written, length) = Read();
            if (written.Length == 0 || string.CompareOrdinal(text, index, written, 0, written.Length) != 0)
            {
                break;
            }

            Stand(index, Here);
            index += written.Length;
            Skip(length);
        }

        if (_starts.Count == 0)
        {
            _starts.Add((0, Here));
        }

        return new TextPlaces(_starts.ToImmutable());
    }

    private void Stand(int index, Position at)
    {
        if (_starts.Count == 0)
        {
            _starts.Add((0, at));
        }

        var (start, first) = _starts[^1];
        if (first.Line != at.Line || first.Column + index - start != at.Column)
        {
            _starts.Add((index, at));
        }
    }

    /// <summary>An anchor or a tag stands before the text itself.</summary>
    private void SkipProperties()
    {
        while (!IsAtEnd && _file[_next] is '&' or '!')
        {
            while (!IsAtEnd && !char.IsWhiteSpace(_file[_next]))
            {
                Skip(1);
            }

            while (!IsAtEnd && (char.IsWhiteSpace(_file[_next]) || _file[_next] == '#'))
            {
                Skip(_file[_next] == '#' ? ToLineEnd() : 1);
            }
        }
    }

    private void SkipOpening()
    {
        if (_style is ScalarStyle.Literal or ScalarStyle.Folded)
        {
            Skip(ToLineEnd());
        }
        else if (_style is ScalarStyle.SingleQuoted or ScalarStyle.DoubleQuoted)
        {
            Skip(1);
        }
    }

    private void SkipBlanks()
    {
        while (!IsAtEnd)
        {
            var (written, length) = Read();
            if (written.Length > 0 && !char.IsWhiteSpace(written[0]))
            {
                return;
            }

            Skip(length);
        }
    }

    /// <returns>What stands here, and how many characters it takes in the file; nothing for an escaped line break.</returns>
    private (string Written, int Length) Read()
    {
        if (IsAtEnd)
        {
            return ("", 0);
        }

        var first = _file[_next];
        return (_style, first) switch
        {
            (ScalarStyle.SingleQuoted, '\'') => ("'", 2),
            (ScalarStyle.DoubleQuoted, '\\') when _next + 1 < _file.Length => Escaped(_file[_next + 1]),
            _ => (first.ToString(), 1),
        };
    }

    private (string Written, int Length) Escaped(char kind) => kind switch
    {
        'x' => Numbered(2),
        'u' => Numbered(4),
        'U' => Numbered(8),
        '\r' or '\n' => ("", 2),
        'n' or 't' or 'r' or 'v' or 'f' or 'N' or '_' or 'L' or 'P' => (" ", 2),
        '0' => ("\0", 2),
        'a' => ("\a", 2),
        'b' => ("\b", 2),
        'e' => ("\u001B", 2),
        _ => (kind.ToString(), 2),
    };

    private (string Written, int Length) Numbered(int digits)
    {
        var end = Math.Min(_next + 2 + digits, _file.Length);
        var isNumber = int.TryParse(
            _file.AsSpan(_next + 2, end - _next - 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code);
        var isWhole = isNumber && code is >= 0 and <= 0x10FFFF;
        var written = !isWhole ? "\0" : code > 0xFFFF ? char.ConvertFromUtf32(code) : ((char)code).ToString();
        return (written, digits + 2);
    }

    private int ToLineEnd()
    {
        var end = _file.IndexOf('\n', _next);
        return (end < 0 ? _file.Length : end) - _next;
    }

    private void Skip(int characters)
    {
        for (var end = Math.Min(_next + characters, _file.Length); _next < end; _next++)
        {
            if (_file[_next] == '\n')
            {
                _line++;
                _lineStart = _next + 1;
            }
        }
    }
}
