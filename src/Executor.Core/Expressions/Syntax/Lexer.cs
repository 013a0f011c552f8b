using System.Text;

namespace Executor.Core.Expressions.Syntax;

/// <summary>Cuts an expression into tokens.</summary>
internal sealed class Lexer
{
    private static readonly string[] Symbols =
    [
        "//", "==", "!=", "<=", ">=", "?.", "&&", "||",
        "+", "-", "*", "/", "%", "~", "<", ">", "=", "!", "?", "|", ".", ",", ":", "(", ")", "[", "]", "{", "}",
    ];

    private readonly string _source;
    private readonly TextPlaces _places;
    private readonly List<Token> _tokens = [];
    private int _next;

    private Lexer(string source, TextPlaces places)
    {
        _source = source;
        _places = places;
    }

    /// <returns>At least one token; the last is <see cref="TokenKind.End"/>.</returns>
    public static List<Token> Read(string source, TextPlaces places)
    {
        var lexer = new Lexer(source, places);
        while (lexer.ReadOne())
        {
        }

        return lexer._tokens;
    }

    private char Current => Peek(0);

    private char Peek(int ahead) => _next + ahead < _source.Length ? _source[_next + ahead] : '\0';

    private bool ReadOne()
    {
        SkipSpace();
        var at = _places[_next];
        if (_next >= _source.Length)
        {
            _tokens.Add(new Token(TokenKind.End, "", at));
            return false;
        }

        var token = Current switch
        {
            '"' or '\'' => ReadText(at),
            >= '0' and <= '9' => ReadNumber(at),
            var first when StartsName(first) => ReadName(at),
            _ => ReadSymbol(at),
        };
        _tokens.Add(token);
        return true;
    }

    private void SkipSpace()
    {
        while (_next < _source.Length && char.IsWhiteSpace(_source[_next]))
        {
            _next++;
        }
    }

    private Token ReadName(Position at)
    {
        var start = _next;
        while (StartsName(Current) || char.IsDigit(Current))
        {
            _next++;
        }

        return new Token(TokenKind.Name, _source[start.._next], at);
    }

    private Token ReadNumber(Position at)
    {
        var start = _next;
        SkipDigits();
        var kind = TokenKind.Integer;
        if (Current == '.')
        {
            if (!char.IsAsciiDigit(Peek(1)))
            {
                throw Failure.Syntax(at, "A number ends with a point.", "Write digits on both sides, such as 5.0.");
            }

            kind = TokenKind.Float;
            _next++;
            SkipDigits();
        }

        if (Current is 'e' or 'E' && (char.IsAsciiDigit(Peek(1)) || (Peek(1) is '+' or '-' && char.IsAsciiDigit(Peek(2)))))
        {
            kind = TokenKind.Float;
            _next += 2;
            SkipDigits();
        }

        if (StartsName(Current))
        {
            throw Failure.Syntax(at, "A number runs into a name.", "Names begin with a letter or an underscore.");
        }

        return new Token(kind, _source[start.._next], at);
    }

    private void SkipDigits()
    {
        while (char.IsAsciiDigit(Current))
        {
            _next++;
        }
    }

    private Token ReadText(Position at)
    {
        var quote = Current;
        var text = new StringBuilder();
        _next++;
        while (_next < _source.Length && Current != quote)
        {
            if (Current == '\\' && Unescape(Peek(1)) is { } escaped)
            {
                text.Append(escaped);
                _next += 2;
            }
            else
            {
                text.Append(Current);
                _next++;
            }
        }

        if (_next >= _source.Length)
        {
            throw Failure.Syntax(at, "A text is not closed.", $"Add {quote} at its end.");
        }

        _next++;
        return new Token(TokenKind.Text, text.ToString(), at);
    }

    private static char? Unescape(char escape) => escape switch
    {
        'n' => '\n',
        't' => '\t',
        'r' => '\r',
        '\\' or '\'' or '"' => escape,
        _ => null,
    };

    private Token ReadSymbol(Position at)
    {
        foreach (var symbol in Symbols)
        {
            if (string.CompareOrdinal(_source, _next, symbol, 0, symbol.Length) == 0)
            {
                _next += symbol.Length;
                return new Token(TokenKind.Symbol, symbol, at);
            }
        }

        throw Failure.Syntax(at, $"'{Rune(_next)}' has no meaning in an expression.");
    }

    private string Rune(int at) =>
        System.Text.Rune.TryGetRuneAt(_source, at, out var rune) && !System.Text.Rune.IsControl(rune)
            ? rune.ToString()
            : $"\\u{(int)_source[at]:X4}";

    internal static bool StartsName(char character) => character == '_' || char.IsLetter(character);
}
