using Executor.Core.Values;

namespace Executor.Core.Expressions;

/// <summary>From one type to another, and what type it is.</summary>
internal static class ConversionFunctions
{
    public static readonly Function[] All =
    [
        new("string", 1, arguments => arguments.Built(arguments.TextOf(arguments[0]))),
        new("number", 1, Number),
        new("int", 1, Integer),
        new("bool", 1, arguments => Value.Of(arguments[0].IsTruthy)) { Reads = Reading.Nothing },
        new("type_of", 1, arguments => Value.Of(arguments[0].Kind)) { Reads = Reading.Nothing },
    ];

    private static Value Number(Arguments arguments) => arguments[0] switch
    {
        Value.Int or Value.Float => arguments[0],
        Value.Bool flag => Value.Of(flag.Content ? 1.0 : 0.0),
        Value.Text text => Arithmetic.Finite(Read(text, arguments), arguments.At),
        _ => throw arguments.WrongType(0, "a number, a boolean or a text"),
    };

    /// <summary>Towards zero.</summary>
    private static Value Integer(Arguments arguments) => arguments[0] switch
    {
        Value.Int => arguments[0],
        Value.Bool flag => Value.Of(flag.Content ? 1L : 0L),
        Value.Float number => NumberFunctions.Whole(Math.Truncate(number.Content), arguments.At),
        Value.Text text when NumberText.TryReadInteger(text.Content, out var exact) => Value.Of(exact),
        Value.Text text => NumberFunctions.Whole(Math.Truncate(Read(text, arguments)), arguments.At),
        _ => throw arguments.WrongType(0, "a number, a boolean or a text"),
    };

    private static double Read(Value.Text text, Arguments arguments) =>
        NumberText.TryRead(text.Content, out var number)
            ? number
            : throw Failure.Type(arguments.PlaceOf(0), "The text is not a number.");
}
