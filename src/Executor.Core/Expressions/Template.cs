using System.Collections.Immutable;
using Executor.Core.Values;

namespace Executor.Core.Expressions;

/// <summary>A value with <c>{{ }}</c> in its texts, at any depth. Keys are not rendered; rendered text is never rendered again.</summary>
public abstract class Template
{
    private protected Template()
    {
    }

    /// <summary>Everything that is evaluated, in order.</summary>
    public abstract IEnumerable<Expression> Expressions { get; }

    /// <summary>The value when nothing in it is evaluated; else null.</summary>
    public virtual Value? Literal => null;

    /// <summary>Whether it is a text, whatever its expressions give.</summary>
    public virtual bool IsText => Literal is Value.Text;

    /// <summary>What a map consists of, rendered or not; null when it is no map as it is written.</summary>
    public virtual IEnumerable<KeyValuePair<string, Template>>? Members => null;

    public static Template Constant(Value value) => new ConstantTemplate(value);

    /// <summary>A text that may hold expressions.</summary>
    /// <exception cref="ExpressionException">An expression in it cannot be read, or is not closed.</exception>
    public static Template Parse(string text, Position at) => Parse(text, TextPlaces.Of(text, at));

    /// <inheritdoc cref="Parse(string, Position)"/>
    public static Template Parse(string text, TextPlaces places) => TemplateText.Read(text, places);

    /// <summary>One expression without braces.</summary>
    public static Template Of(Expression expression) => new ExpressionTemplate(expression);

    public static Template List(ImmutableArray<Template> items) =>
        items.All(item => item.Literal is not null)
            ? Constant(Value.Of(items.Select(item => item.Literal!)))
            : new ListTemplate(items);

    /// <param name="entries">Keys are unique.</param>
    public static Template Map(ImmutableArray<KeyValuePair<string, Template>> entries) =>
        entries.All(entry => entry.Value.Literal is not null)
            ? Constant(new Value.Map([.. entries.Select(entry => KeyValuePair.Create(entry.Key, entry.Value.Literal!))]))
            : new MapTemplate(entries);

    /// <returns>A value in which nothing lies elsewhere.</returns>
    /// <exception cref="ExpressionException">Any part of it has no value in this scope: then the whole has none.</exception>
    /// <exception cref="ContentMissingException">It needs results that are not at hand.</exception>
    public Value Render(Scope scope)
    {
        if (Literal is { } literal)
        {
            return literal;
        }

        var evaluation = new Evaluation(scope);
        return evaluation.Whole(Render(evaluation), Expressions.First().At);
    }

    /// <returns>As <see cref="Render(Scope)"/>; what is in it may lie beside the journal, but not the value itself.</returns>
    /// <inheritdoc cref="Render(Scope)"/>
    public Value RenderOuter(Scope scope)
    {
        if (Literal is { } literal)
        {
            return literal;
        }

        var evaluation = new Evaluation(scope);
        return evaluation.Open(Render(evaluation));
    }

    /// <returns>As <see cref="Render(Scope)"/>; what is only handed on may lie beside the journal.</returns>
    /// <inheritdoc cref="Render(Scope)"/>
    public Value RenderLazily(Scope scope) => Literal ?? Render(new Evaluation(scope));

    internal abstract Value Render(Evaluation evaluation);
}
