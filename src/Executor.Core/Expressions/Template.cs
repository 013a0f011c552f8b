using System.Collections.Immutable;
using Executor.Core.Values;

namespace Executor.Core.Expressions;

/// <summary>A value with <c>{{ }}</c> in its texts, at any depth. Keys are not rendered; rendered text is never rendered again.</summary>
public abstract class Template
{
    /// <summary>Everything that is evaluated, in order.</summary>
    public abstract IEnumerable<Expression> Expressions { get; }

    /// <summary>The value when nothing in it is evaluated; else null.</summary>
    public abstract Value? Literal { get; }

    public static Template Constant(Value value) => throw new NotSupportedException(value.Kind);

    /// <summary>A text that may hold expressions.</summary>
    /// <exception cref="ExpressionException">An expression in it cannot be read, or is not closed.</exception>
    public static Template Parse(string text, Position at) => throw new NotSupportedException(text + at);

    /// <summary>One expression without braces.</summary>
    public static Template Of(Expression expression) => throw new NotSupportedException(expression.Source);

    public static Template List(ImmutableArray<Template> items) => throw new NotSupportedException($"{items.Length}");

    public static Template Map(ImmutableArray<KeyValuePair<string, Template>> entries) =>
        throw new NotSupportedException($"{entries.Length}");

    /// <exception cref="ExpressionException">Any part of it has no value in this scope: then the whole has none.</exception>
    public abstract Value Render(Scope scope);
}
