using Executor.Core.Expressions.Syntax;
using Executor.Core.Values;

namespace Executor.Core.Expressions;

/// <summary>What a function was called with; reading one as the wrong type is an error at its place.</summary>
internal readonly struct Arguments(Call call, Value[] values, Evaluation evaluation)
{
    public int Count => values.Length;

    public Position At => call.At;

    public Evaluation Evaluation => evaluation;

    public Value this[int index] => values[index];

    public Position PlaceOf(int index) => call.Arguments[index].At;

    public bool Has(int index) => index < values.Length && !values[index].IsNull;

    /// <summary>A text; reading it is paid for by its length.</summary>
    public string Text(int index)
    {
        var text = values[index] as Value.Text ?? throw WrongType(index, "a text");
        evaluation.Work(text.Content.Length, call.At);
        return text.Content;
    }

    /// <summary>A list; going through it is paid for by its length.</summary>
    public Value.List List(int index)
    {
        var list = values[index] as Value.List ?? throw WrongType(index, "a list");
        evaluation.Work(list.Count, call.At);
        return list;
    }

    /// <summary>A list of which each element is looked at, but not what is in it.</summary>
    public Value.List Opened(int index) => evaluation.OpenEach(List(index), PlaceOf(index));

    public Value.Map Map(int index)
    {
        var map = values[index] as Value.Map ?? throw WrongType(index, "a map");
        evaluation.Work(map.Count, call.At);
        return map;
    }

    public long Integer(int index) =>
        values[index] is Value.Int integer ? integer.Content : throw WrongType(index, "an integer");

    /// <summary>An integer or a float, as a float.</summary>
    public double Number(int index) => values[index] switch
    {
        Value.Int integer => integer.Content,
        Value.Float number => number.Content,
        _ => throw WrongType(index, "a number"),
    };

    public ExpressionException WrongType(int index, string wanted, string? hint = null)
    {
        var came = values[index] is Value.Float ? "a float" : values[index].Kind;
        return Failure.Type(PlaceOf(index), $"{call.Name} needs {wanted}, not {came}.", hint);
    }

    /// <summary>An argument of the right type with an impossible value.</summary>
    public ExpressionException Impossible(int index, string message, string? hint = null) =>
        Failure.Arguments(PlaceOf(index), $"{call.Name}: {message}", hint);

    /// <summary>A text that was built; its length is checked again, for those that could not tell it before.</summary>
    public Value Built(string text)
    {
        Bounds.CheckText(text.Length, call.At);
        return new Value.Text(text);
    }

    /// <summary>A container that was built.</summary>
    public Value Built(Value value) => Bounds.Built(value, call.At);

    public string TextOf(Value value) => evaluation.TextOf(value, call.At);
}
