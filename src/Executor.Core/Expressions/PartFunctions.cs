using Executor.Core.Values;

namespace Executor.Core.Expressions;

/// <summary>What texts and containers have in common: length, places, parts.</summary>
internal static class PartFunctions
{
    public static readonly Function[] All =
    [
        new("length", 1, arguments => Value.Of(Length(arguments))) { Reads = Reading.Outer },
        new("index_of", 2, arguments => Value.Of(IndexOf(arguments))),
        new("slice", 2, 3, arguments => Elements.Slice(
            arguments[0],
            arguments[1],
            arguments.Has(2) ? arguments[2] : Value.Null,
            arguments.At,
            arguments.Evaluation)) { Reads = Reading.Outer },
        new("count", 2, arguments => Value.Of(Count(arguments))),
        new("contains", 2, arguments => Value.Of(
            Comparison.IsIn(arguments[1], arguments[0], arguments.At, arguments.Evaluation))),
        new("reversed", 1, arguments => arguments[0] is Value.Text
            ? Value.Of(CodePoints.Reverse(arguments.Text(0)))
            : Value.Of(arguments.List(0).Reverse())) { Reads = Reading.Outer },
        new("get", 2, 3, Get) { Reads = Reading.Outer },
    ];

    private static long Length(Arguments arguments) => arguments[0] switch
    {
        Value.Text => CodePoints.Count(arguments.Text(0)),
        Value.List list => list.Count,
        Value.Map map => map.Count,
        _ => throw arguments.WrongType(0, "a text, a list or a map"),
    };

    private static long IndexOf(Arguments arguments)
    {
        if (arguments[0] is Value.Text)
        {
            return CodePoints.IndexOf(arguments.Text(0), arguments.Text(1));
        }

        arguments.Evaluation.Work(arguments[0].Weight, arguments.At);
        return arguments.List(0).Items.IndexOf(arguments[1]);
    }

    private static long Count(Arguments arguments)
    {
        if (arguments[0] is Value.Text)
        {
            return TextFunctions.CountOf(arguments.Text(0), TextFunctions.Part(arguments, 1));
        }

        var wanted = arguments[1];
        arguments.Evaluation.Work(arguments[0].Weight, arguments.At);
        return arguments.List(0).Items.Count(item => item.Equals(wanted));
    }

    /// <summary>The null-safe form of an index.</summary>
    private static Value Get(Arguments arguments)
    {
        var found = arguments[0].IsNull
            ? null
            : Elements.Find(arguments[0], arguments[1], arguments.PlaceOf(1), arguments.Evaluation);
        return found ?? (arguments.Count > 2 ? arguments[2] : Value.Null);
    }
}
