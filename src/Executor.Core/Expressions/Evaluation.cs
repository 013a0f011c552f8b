using Executor.Core.Values;

namespace Executor.Core.Expressions;

/// <summary>One evaluation of an expression, or one rendering of a template, with what it may still spend.</summary>
internal sealed class Evaluation(Scope scope)
{
    private const int WeightPerStep = 64;

    private long _steps = ExpressionLimits.Steps;

    public Scope Scope { get; } = scope;

    public void Step(Position at) => Spend(1, at);

    /// <summary>Pays for going through something of this weight.</summary>
    public void Work(long weight, Position at) => Spend(weight / WeightPerStep, at);

    /// <summary>The value as <c>string()</c> gives it.</summary>
    public string TextOf(Value value, Position at)
    {
        if (value is Value.Text text)
        {
            return text.Content;
        }

        Bounds.CheckText(value.Weight, at);
        Work(value.Weight, at);
        var json = value.ToString();
        Bounds.CheckText(json.Length, at);
        return json;
    }

    /// <summary>The value as it stands in a mixed text: null is nothing.</summary>
    public string Inline(Value value, Position at) => value.IsNull ? "" : TextOf(value, at);

    private void Spend(long steps, Position at)
    {
        _steps -= steps;
        if (_steps < 0)
        {
            throw Failure.Limit(at, $"The evaluation takes more than {ExpressionLimits.Steps} steps.");
        }
    }
}
