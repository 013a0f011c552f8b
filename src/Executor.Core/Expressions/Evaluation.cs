using System.Collections.Immutable;
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

    /// <summary>The value itself, where it lies beside the journal; what is in it may lie there still.</summary>
    /// <exception cref="ContentMissingException">It is not at hand.</exception>
    public Value Open(Value value) => value is Value.Stored { Result: var stored }
        ? Scope.ContentOf(stored) ?? throw new ContentMissingException([stored])
        : value;

    /// <summary>The list with each of its elements opened.</summary>
    /// <exception cref="ContentMissingException">Some are not at hand.</exception>
    public Value.List OpenEach(Value.List list, Position at)
    {
        if (!list.Items.Any(item => item is Value.Stored))
        {
            return list;
        }

        Bounds.CheckContents(list.Items.Sum(item => item is Value.Stored ? item.Weight : 0), at);
        Require(list.Items.OfType<Value.Stored>().Select(item => item.Result).DistinctBy(stored => stored.Id));
        return new Value.List([.. list.Items.Select(Open)]);
    }

    /// <summary>The value with nothing in it that lies elsewhere.</summary>
    /// <exception cref="ContentMissingException">Some of it is not at hand.</exception>
    public Value Whole(Value value, Position at)
    {
        if (!value.HasStored)
        {
            return value;
        }

        Bounds.CheckContents(value.Weight, at);
        Require(StoredValues.In(value));
        return StoredValues.Whole(value, stored => Scope.ContentOf(stored)!);
    }

    /// <summary>Both, fetched at once.</summary>
    /// <inheritdoc cref="Whole(Value, Position)"/>
    public (Value Left, Value Right) Whole(Value left, Value right, Position at)
    {
        if (left.HasStored && right.HasStored)
        {
            Whole(Value.Of([left, right]), at);
        }

        return (Whole(left, at), Whole(right, at));
    }

    /// <summary>The value as <c>string()</c> gives it.</summary>
    public string TextOf(Value value, Position at)
    {
        value = Whole(value, at);
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

    private void Require(IEnumerable<StoredResult> results)
    {
        ImmutableArray<StoredResult> missing = [.. results.Where(stored => Scope.ContentOf(stored) is null)];
        if (!missing.IsEmpty)
        {
            throw new ContentMissingException(missing);
        }
    }

    private void Spend(long steps, Position at)
    {
        _steps -= steps;
        if (_steps < 0)
        {
            throw Failure.Limit(at, $"The evaluation takes more than {ExpressionLimits.Steps} steps.");
        }
    }
}
