using System.Collections.Immutable;
using System.Text;
using Executor.Core.Values;

namespace Executor.Core.Expressions;

internal sealed class ConstantTemplate(Value value) : Template
{
    public override IEnumerable<Expression> Expressions => [];

    public override Value Literal => value;

    public override IEnumerable<KeyValuePair<string, Template>>? Members =>
        (value as Value.Map)?.Select(member => KeyValuePair.Create(member.Key, Constant(member.Value)));

    internal override Value Render(Evaluation evaluation) => value;
}

/// <summary>Exactly one expression: its value keeps its type.</summary>
internal sealed class ExpressionTemplate(Expression expression) : Template
{
    public override IEnumerable<Expression> Expressions => [expression];

    internal override Value Render(Evaluation evaluation) => expression.Evaluate(evaluation);
}

/// <summary>Expressions with text around them: the value is a text.</summary>
/// <param name="parts">Either a text as it is, or an expression.</param>
internal sealed class TextTemplate(ImmutableArray<(string Text, Expression? Expression)> parts) : Template
{
    public override IEnumerable<Expression> Expressions =>
        parts.Select(part => part.Expression).OfType<Expression>();

    public override bool IsText => true;

    internal override Value Render(Evaluation evaluation)
    {
        var rendered = new StringBuilder();
        var at = Position.Start;
        foreach (var (text, expression) in parts)
        {
            at = expression?.At ?? at;
            var piece = expression is null ? text : evaluation.Inline(expression.Evaluate(evaluation), at);
            Bounds.CheckText((long)rendered.Length + piece.Length, at);
            evaluation.Work(piece.Length, at);
            rendered.Append(piece);
        }

        return new Value.Text(rendered.ToString());
    }
}

internal sealed class ListTemplate(ImmutableArray<Template> items) : Template
{
    public override IEnumerable<Expression> Expressions => items.SelectMany(item => item.Expressions);

    internal override Value Render(Evaluation evaluation)
    {
        var values = ImmutableArray.CreateBuilder<Value>(items.Length);
        foreach (var item in items)
        {
            values.Add(item.Render(evaluation));
        }

        return Bounds.Built(new Value.List(values.MoveToImmutable()), Expressions.First().At);
    }
}

internal sealed class MapTemplate(ImmutableArray<KeyValuePair<string, Template>> entries) : Template
{
    public override IEnumerable<Expression> Expressions => entries.SelectMany(entry => entry.Value.Expressions);

    public override IEnumerable<KeyValuePair<string, Template>> Members => entries;

    internal override Value Render(Evaluation evaluation)
    {
        var values = ImmutableArray.CreateBuilder<KeyValuePair<string, Value>>(entries.Length);
        foreach (var (key, template) in entries)
        {
            values.Add(KeyValuePair.Create(key, template.Render(evaluation)));
        }

        return Bounds.Built(new Value.Map(values.MoveToImmutable()), Expressions.First().At);
    }
}
