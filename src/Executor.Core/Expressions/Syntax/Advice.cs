namespace Executor.Core.Expressions.Syntax;

/// <summary>Syntax errors with what the author of another language's expression probably wanted.</summary>
internal static class Advice
{
    /// <param name="expected">What could stand there.</param>
    public static ExpressionException Unexpected(Token token, string expected) =>
        Failure.Syntax(token.At, $"Expected {expected}, found {token}.", For(token));

    private static string? For(Token token) => token switch
    {
        { Kind: TokenKind.Symbol, Content: "=" } => "Use == to compare.",
        { Kind: TokenKind.Symbol, Content: "!" } => "Use not.",
        { Kind: TokenKind.Symbol, Content: "&&" } => "Use and.",
        { Kind: TokenKind.Symbol, Content: "||" } => "Use or.",
        { Kind: TokenKind.Symbol, Content: "?" } => "Write x if c else y.",
        { Kind: TokenKind.Symbol, Content: "." } => "A float has digits on both sides of the point, such as 0.5.",
        { Kind: TokenKind.Symbol, Content: "(" } => "Only functions can be called, by their name.",
        { Kind: TokenKind.Symbol, Content: "{" } => "Inside {{ }} no further braces are needed around names.",
        { Kind: TokenKind.Name, Content: "not" } => "Put brackets around it: (not x).",
        { Kind: TokenKind.Name or TokenKind.Text or TokenKind.Integer or TokenKind.Float } =>
            "An operator is missing before it.",
        _ => null,
    };
}
