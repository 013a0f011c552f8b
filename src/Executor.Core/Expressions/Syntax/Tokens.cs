namespace Executor.Core.Expressions.Syntax;

/// <summary>The tokens of one expression, read one after the other.</summary>
internal sealed class Tokens(List<Token> tokens)
{
    private int _next;

    public Token Current => tokens[_next];

    public Token Following => tokens[Math.Min(_next + 1, tokens.Count - 1)];

    public Token Take()
    {
        var token = Current;
        if (token.Kind != TokenKind.End)
        {
            _next++;
        }

        return token;
    }

    public bool TakeSymbol(string symbol)
    {
        var found = Current.IsSymbol(symbol);
        if (found)
        {
            _next++;
        }

        return found;
    }

    public bool TakeName(string name)
    {
        var found = Current.IsName(name);
        if (found)
        {
            _next++;
        }

        return found;
    }

    /// <param name="opened">The bracket that this symbol closes.</param>
    public void Close(string symbol, Token opened)
    {
        if (TakeSymbol(symbol))
        {
            return;
        }

        throw Current.Kind == TokenKind.End
            ? Failure.Syntax(opened.At, $"{opened} is not closed.", $"Add '{symbol}'.")
            : Advice.Unexpected(Current, $"'{symbol}'");
    }
}
