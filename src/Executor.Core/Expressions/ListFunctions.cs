using System.Collections.Immutable;
using Executor.Core.Values;

namespace Executor.Core.Expressions;

/// <summary>Lists made from lists, or from nothing.</summary>
internal static class ListFunctions
{
    public static readonly Function[] All =
    [
        new("range", 1, 2, Range),
        new("chunks", 2, Chunks) { Reads = Reading.Outer },
        new("sort", 1, Sort),
        new("unique", 1, arguments => Value.Of(Paid(arguments).Distinct())),
        new("flatten", 1, Flatten),
        new("flat", 1, Flatten),
        new("zip", 2, arguments => arguments.Built(Value.Of(
            arguments.List(0).Zip(arguments.List(1), (left, right) => Value.Of([left, right]))))) { Reads = Reading.Outer },
        new("first", 1, arguments => arguments.List(0) is [var first, ..] ? first : Value.Null) { Reads = Reading.Outer },
        new("last", 1, arguments => arguments.List(0) is [.., var last] ? last : Value.Null) { Reads = Reading.Outer },
    ];

    private static Value.List Range(Arguments arguments)
    {
        var from = arguments.Count == 1 ? 0 : arguments.Integer(0);
        var to = arguments.Integer(arguments.Count - 1);
        if (to <= from)
        {
            return Value.List.Empty;
        }

        // The distance of two 64-bit integers may need 65.
        Bounds.CheckCount((long)Int128.Min((Int128)to - from, long.MaxValue), arguments.At);
        var count = to - from;
        arguments.Evaluation.Work(count, arguments.At);
        var items = ImmutableArray.CreateBuilder<Value>((int)count);
        for (var item = from; item < to; item++)
        {
            items.Add(Value.Of(item));
        }

        return new Value.List(items.MoveToImmutable());
    }

    private static Value Chunks(Arguments arguments)
    {
        var size = arguments.Integer(1);
        if (size < 1)
        {
            throw Failure.Type(arguments.PlaceOf(1), "A chunk has at least one element.");
        }

        var chunk = (int)Math.Min(size, ExpressionLimits.List);
        return arguments.Built(Value.Of(arguments.List(0).Chunk(chunk).Select(Value.Of)));
    }

    /// <summary>Stable.</summary>
    private static Value Sort(Arguments arguments)
    {
        var list = arguments.List(0);
        arguments.Evaluation.Work(list.Count * 8L, arguments.At);
        var order = Comparer<Value>.Create((left, right) =>
            Comparison.Order(left, right, arguments.PlaceOf(0), arguments.Evaluation));
        try
        {
            return Value.Of(list.Order(order));
        }
        catch (InvalidOperationException error) when (error.InnerException is ExpressionException inner)
        {
            throw new ExpressionException(inner.Error);
        }
    }

    private static Value Flatten(Arguments arguments)
    {
        var list = arguments.List(0);
        var count = list.Sum(item => item is Value.List inner ? (long)inner.Count : 1);
        Bounds.CheckCount(count, arguments.At);
        arguments.Evaluation.Work(count, arguments.At);
        return arguments.Built(Value.Of(list.SelectMany(item => item as IEnumerable<Value> ?? [item])));
    }

    /// <summary>The list, with all that comparing its elements may cost paid for.</summary>
    private static Value.List Paid(Arguments arguments)
    {
        var list = arguments.List(0);
        arguments.Evaluation.Work(list.Weight, arguments.At);
        return list;
    }
}
