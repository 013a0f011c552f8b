namespace Executor.Core.Expressions.Syntax;

internal enum TokenKind
{
    End,
    Name,
    Integer,
    Float,
    Text,
    Symbol,
}

/// <param name="Content">Of a text: what it says, without quotes and escapes. Of anything else: as written.</param>
internal readonly record struct Token(TokenKind Kind, string Content, Position At)
{
    public bool IsSymbol(string symbol) => Kind == TokenKind.Symbol && Content == symbol;

    public bool IsName(string name) => Kind == TokenKind.Name && Content == name;

    public override string ToString() => Kind switch
    {
        TokenKind.End => "the end",
        TokenKind.Text => "a text",
        _ => $"'{Content}'",
    };
}
