using System.Collections.Immutable;
using System.Globalization;
using Executor.Core.Values;

namespace Executor.Core.Expressions.Syntax;

/// <summary>Reads what operators stand between: literals, names, calls, and what follows them.</summary>
internal sealed class Operands(Tokens tokens, Parser parser)
{
    private static readonly HashSet<string> Words =
        ["and", "or", "not", "in", "is", "if", "else"];

    /// <summary>A value with its fields, elements and slices.</summary>
    public Node ReadPath()
    {
        var node = ReadPrimary();
        while (true)
        {
            var token = tokens.Current;
            if (tokens.TakeSymbol("."))
            {
                node = ReadField(node, optional: false);
            }
            else if (tokens.TakeSymbol("?."))
            {
                node = ReadField(node, optional: true);
            }
            else if (tokens.TakeSymbol("["))
            {
                node = ReadIndex(node, token);
            }
            else
            {
                return node;
            }
        }
    }

    /// <summary><c>| name(args)</c>, as often as it comes.</summary>
    public Node ReadFilters(Node node)
    {
        while (tokens.TakeSymbol("|"))
        {
            var name = tokens.Take();
            if (name.Kind != TokenKind.Name)
            {
                throw Advice.Unexpected(name, "the name of a filter");
            }

            var opened = tokens.Current;
            var arguments = tokens.TakeSymbol("(") ? ReadArguments(opened) : [];
            node = Filter(name, node, arguments);
            if (tokens.Current.Kind == TokenKind.Symbol && tokens.Current.Content is "." or "?." or "[")
            {
                throw Failure.Syntax(
                    tokens.Current.At, "A filter's value has no fields here.", "Put brackets around it: (a | first).x.");
            }
        }

        return node;
    }

    private Node ReadPrimary()
    {
        var token = tokens.Take();
        switch (token.Kind)
        {
            case TokenKind.Text:
                return parser.Count(new Literal(new Value.Text(token.Content), token.At));
            case TokenKind.Integer:
                return parser.Count(new Literal(Integer(token), token.At));
            case TokenKind.Float:
                return parser.Count(new Literal(Float(token), token.At));
            case TokenKind.Name when !Words.Contains(token.Content):
                return ReadName(token);
            case TokenKind.Symbol when token.Content == "(":
                var inner = parser.ReadExpression();
                tokens.Close(")", token);
                return inner;
            case TokenKind.Symbol when token.Content == "[":
                return ReadList(token);
            case TokenKind.Symbol when token.Content == "{":
                return ReadMap(token);
            default:
                throw Advice.Unexpected(token, "a value");
        }
    }

    private Node ReadName(Token name)
    {
        var next = tokens.Current;
        if (tokens.TakeSymbol("("))
        {
            return Call(name, ReadArguments(next));
        }

        return name.Content switch
        {
            "true" => parser.Count(new Literal(Value.True, name.At)),
            "false" => parser.Count(new Literal(Value.False, name.At)),
            "null" => parser.Count(new Literal(Value.Null, name.At)),
            _ => parser.Count(new RootName(name.Content, name.At)),
        };
    }

    private ImmutableArray<Node> ReadArguments(Token opened)
    {
        var arguments = ImmutableArray.CreateBuilder<Node>();
        if (tokens.TakeSymbol(")"))
        {
            return [];
        }

        do
        {
            if (arguments.Count > 0 && tokens.Current.IsSymbol(")"))
            {
                throw Failure.Syntax(tokens.Current.At, "An argument is missing after ','.", "Remove the comma.");
            }

            arguments.Add(parser.ReadExpression());
        }
        while (tokens.TakeSymbol(","));
        tokens.Close(")", opened);
        return arguments.ToImmutable();
    }

    private Node Call(Token name, ImmutableArray<Node> arguments) => (name.Content, arguments) switch
    {
        (SpecialFunctions.Default, [var value, var fallback]) => parser.Count(new Default(value, fallback, name.At)),
        (SpecialFunctions.Context, []) => parser.Count(new RootName("workflow", name.At)),
        (SpecialFunctions.Context, [var key]) => Element(parser.Count(new RootName("workflow", name.At)), key, name.At),
        _ => parser.Count(new Call(name.Content, arguments, name.At)),
    };

    private Node Filter(Token name, Node value, ImmutableArray<Node> arguments) =>
        Call(name, name.Content == PatternFunctions.Match ? arguments.Add(value) : arguments.Insert(0, value));

    private Node ReadField(Node target, bool optional)
    {
        var name = tokens.Take();
        if (name.Kind is TokenKind.Integer or TokenKind.Float)
        {
            throw Failure.Syntax(name.At, "An element is not a field.", "Write a[0], not a.0.");
        }

        if (name.Kind != TokenKind.Name)
        {
            throw Advice.Unexpected(name, "the name of a field");
        }

        if (tokens.Current.IsSymbol("("))
        {
            throw Failure.Syntax(
                tokens.Current.At, "Values have no methods.", $"Write {name.Content}(x) or x | {name.Content}.");
        }

        return Field(target, name.Content, optional, name.At);
    }

    private Node Field(Node target, string name, bool optional, Position at) =>
        target is RootName { IsNamespace: true } root
            ? parser.Count(new RootMember(root.Name, name, optional, at))
            : parser.Count(new Member(target, name, optional, at));

    private Node Element(Node target, Node index, Position at) =>
        target is RootName { IsNamespace: true } && index is Literal { Value: Value.Text name }
            ? Field(target, name.Content, optional: false, index.At)
            : parser.Count(new Index(target, index, at));

    private Node ReadIndex(Node target, Token opened)
    {
        var from = tokens.Current.IsSymbol(":") ? null : parser.ReadExpression();
        if (!tokens.TakeSymbol(":"))
        {
            tokens.Close("]", opened);
            return Element(target, from!, opened.At);
        }

        var to = tokens.Current.IsSymbol("]") ? null : parser.ReadExpression();
        if (tokens.Current.IsSymbol(":"))
        {
            throw Failure.Syntax(tokens.Current.At, "A slice has no step.", "Write a[from:to].");
        }

        tokens.Close("]", opened);
        return parser.Count(new Slice(target, from, to, opened.At));
    }

    private ListNode ReadList(Token opened)
    {
        var items = ImmutableArray.CreateBuilder<Node>();
        while (!tokens.Current.IsSymbol("]"))
        {
            items.Add(parser.ReadExpression());
            if (!tokens.TakeSymbol(","))
            {
                break;
            }
        }

        tokens.Close("]", opened);
        return parser.Count(new ListNode(items.ToImmutable(), opened.At));
    }

    private MapNode ReadMap(Token opened)
    {
        var entries = ImmutableArray.CreateBuilder<KeyValuePair<string, Node>>();
        var keys = new HashSet<string>(StringComparer.Ordinal);
        while (!tokens.Current.IsSymbol("}"))
        {
            var key = tokens.Take();
            if (key.Kind != TokenKind.Text)
            {
                throw Failure.Syntax(key.At, $"Expected a key, found {key}.", "Keys are texts in quotes.");
            }

            if (!keys.Add(key.Content))
            {
                throw Failure.Syntax(key.At, $"The key '{key.Content}' is there twice.");
            }

            if (!tokens.TakeSymbol(":"))
            {
                throw Advice.Unexpected(tokens.Current, "':'");
            }

            entries.Add(KeyValuePair.Create(key.Content, parser.ReadExpression()));
            if (!tokens.TakeSymbol(","))
            {
                break;
            }
        }

        tokens.Close("}", opened);
        return parser.Count(new MapNode(entries.ToImmutable(), opened.At));
    }

    private static Value Integer(Token token) =>
        long.TryParse(token.Content, NumberStyles.None, CultureInfo.InvariantCulture, out var integer)
            ? Value.Of(integer)
            : throw Failure.Number(token.At, $"{token.Content} does not fit into 64 bits.");

    private static Value Float(Token token)
    {
        var number = double.Parse(token.Content, NumberStyles.Float, CultureInfo.InvariantCulture);
        return double.IsFinite(number)
            ? Value.Of(number)
            : throw Failure.Number(token.At, $"{token.Content} is too large for a float.");
    }
}
