using Executor.Core.Values;

namespace Executor.Core.Expressions;

/// <summary>Lists of maps by one of their fields.</summary>
internal static class FieldFunctions
{
    public static readonly Function[] All =
    [
        new("map", 2, Map) { Reads = Reading.Outer },
        new("select", 2, 3, arguments => Choose(arguments, keep: true)) { Reads = Reading.Outer },
        new("reject", 2, 3, arguments => Choose(arguments, keep: false)) { Reads = Reading.Outer },
    ];

    private static Value Map(Arguments arguments)
    {
        var name = arguments.Text(1);
        var mapped = arguments.Opened(0).Select(item => Field(item, name, arguments)
            ?? throw Elements.Missing(item, arguments[1], arguments.PlaceOf(1)));
        return arguments.Built(Value.Of(mapped));
    }

    /// <summary>By equality with the value; without one, by truth. An absent field counts as null.</summary>
    private static Value Choose(Arguments arguments, bool keep)
    {
        var name = arguments.Text(1);
        var wanted = arguments.Count > 2 ? arguments.Evaluation.Whole(arguments[2], arguments.PlaceOf(2)) : null;
        if (wanted is not null)
        {
            arguments.Evaluation.Work(arguments.List(0).Weight, arguments.At);
        }

        var items = arguments.List(0);
        var fields = Value.Of(arguments.Opened(0).Select(item => Field(item, name, arguments) ?? Value.Null));
        var seen = wanted is null ? (Value.List)fields : (Value.List)arguments.Evaluation.Whole(fields, arguments.At);
        return Value.Of(items.Where((_, place) =>
            (wanted is null ? seen[place].IsTruthy : seen[place].Equals(wanted)) == keep));
    }

    private static Value? Field(Value item, string name, Arguments arguments)
    {
        var map = item as Value.Map
            ?? throw Failure.Type(arguments.PlaceOf(0), $"The list holds {item.Kind}: maps are needed.");
        return map.TryGet(name, out var field) ? field : null;
    }
}
