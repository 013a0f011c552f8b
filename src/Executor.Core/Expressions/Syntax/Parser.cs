using Executor.Core.Values;

namespace Executor.Core.Expressions.Syntax;

/// <summary>Reads the operators of an expression, from the weakest to the strongest.</summary>
internal sealed class Parser
{
    private readonly Tokens _tokens;
    private readonly Operands _operands;
    private int _nodes;
    private int _nesting = -1;

    private Parser(List<Token> tokens)
    {
        _tokens = new Tokens(tokens);
        _operands = new Operands(_tokens, this);
    }

    /// <exception cref="ExpressionException">Not an expression, or beyond the limits.</exception>
    public static Node Parse(string source, TextPlaces places)
    {
        if (source.Length > ExpressionLimits.Source)
        {
            throw Failure.TooLarge(places.First, $"The expression has more than {ExpressionLimits.Source} characters.");
        }

        var parser = new Parser(Lexer.Read(source, places));
        if (parser._tokens.Current.Kind == TokenKind.End)
        {
            throw Failure.Syntax(places.First, "The expression is empty.", "Write a value or a name.");
        }

        var node = parser.ReadExpression();
        return parser._tokens.Current.Kind == TokenKind.End
            ? node
            : throw Advice.Unexpected(parser._tokens.Current, "an operator or the end");
    }

    /// <summary>Every node passes through here once, so that their number is bounded.</summary>
    public T Count<T>(T node)
        where T : Node
    {
        if (++_nodes > ExpressionLimits.Nodes)
        {
            throw Failure.TooLarge(node.At, $"The expression has more than {ExpressionLimits.Nodes} parts.");
        }

        return node;
    }

    /// <summary><c>then if condition else otherwise</c>, and all that binds more strongly.</summary>
    public Node ReadExpression()
    {
        Deeper();
        var node = ReadOr();
        if (_tokens.TakeName("if"))
        {
            var condition = ReadOr();
            if (!_tokens.TakeName("else"))
            {
                throw Failure.Syntax(_tokens.Current.At, "An 'if' has no 'else'.", "Write x if c else y.");
            }

            node = Count(new Conditional(node, condition, ReadExpression()));
        }

        _nesting--;
        return node;
    }

    private Node ReadOr()
    {
        var left = ReadAnd();
        while (_tokens.TakeName("or"))
        {
            left = Count(new Junction(left, ReadAnd(), deciding: true));
        }

        return left;
    }

    private Node ReadAnd()
    {
        var left = ReadNot();
        while (_tokens.TakeName("and"))
        {
            left = Count(new Junction(left, ReadNot(), deciding: false));
        }

        return left;
    }

    private Node ReadNot()
    {
        var at = _tokens.Current.At;
        if (!_tokens.TakeName("not"))
        {
            return ReadComparison();
        }

        Deeper();
        var node = Count(new Not(ReadNot(), at));
        _nesting--;
        return node;
    }

    private Node ReadComparison()
    {
        var left = ReadJoined();
        var at = _tokens.Current.At;
        if (TakeComparing() is not { } comparing)
        {
            return left;
        }

        var node = comparing == "is"
            ? ReadTest(left)
            : Count(new Binary(left, Operators.Comparing[comparing], ReadJoined(), at));
        at = _tokens.Current.At;
        return TakeComparing() is null
            ? node
            : throw Failure.Syntax(at, "Comparisons cannot be chained.", "Join with and: a < b and b < c.");
    }

    private string? TakeComparing()
    {
        var token = _tokens.Current;
        if (token.IsName("not") && _tokens.Following.IsName("in"))
        {
            _tokens.Take();
            _tokens.Take();
            return "not in";
        }

        var found = token.IsName("is") || token.IsName("in")
            || (token.Kind == TokenKind.Symbol && Operators.Comparing.ContainsKey(token.Content));
        return found ? _tokens.Take().Content : null;
    }

    private Node ReadTest(Node operand)
    {
        var negated = _tokens.TakeName("not");
        var test = _tokens.Take();
        return test switch
        {
            { Kind: TokenKind.Name, Content: "defined" } => Count(new IsDefined(operand, negated)),
            { Kind: TokenKind.Name, Content: "null" } => Count(new IsNull(operand, negated)),
            _ => throw Failure.Syntax(
                test.At, $"'is' cannot test for {test}.", "Write is defined, is null, or == to compare."),
        };
    }

    private Node ReadJoined() => ReadLevel(Operators.Joining, ReadSum);

    private Node ReadSum() => ReadLevel(Operators.Adding, ReadProduct);

    private Node ReadProduct() => ReadLevel(Operators.Multiplying, () => ReadUnary(filtered: true));

    private Node ReadLevel(Dictionary<string, Operation> operators, Func<Node> next)
    {
        var left = next();
        while (_tokens.Current is { Kind: TokenKind.Symbol } token && operators.TryGetValue(token.Content, out var operation))
        {
            _tokens.Take();
            left = Count(new Binary(left, operation, next(), token.At));
        }

        return left;
    }

    /// <param name="filtered">Filters apply to the whole, sign included, as in Jinja: <c>-1 | abs</c> is 1.</param>
    private Node ReadUnary(bool filtered)
    {
        var minus = _tokens.Current;
        Node node;
        if (!_tokens.TakeSymbol("-"))
        {
            node = _operands.ReadPath();
        }
        else if (IsLowest(_tokens.Current))
        {
            _tokens.Take();
            node = Count(new Literal(Value.Of(long.MinValue), minus.At));
        }
        else
        {
            Deeper();
            node = Count(new Negation(ReadUnary(filtered: false), minus.At));
            _nesting--;
        }

        return filtered ? _operands.ReadFilters(node) : node;
    }

    /// <summary>The one integer that exists only with its sign.</summary>
    private static bool IsLowest(Token token) => token is { Kind: TokenKind.Integer, Content: "9223372036854775808" };

    private void Deeper()
    {
        if (++_nesting > ExpressionLimits.Nesting)
        {
            throw Failure.TooLarge(
                _tokens.Current.At, $"The expression is nested deeper than {ExpressionLimits.Nesting}.");
        }
    }
}
