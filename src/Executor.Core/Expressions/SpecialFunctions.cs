namespace Executor.Core.Expressions;

/// <summary>Written as functions, but built into the syntax; here so that their arity is known.</summary>
internal static class SpecialFunctions
{
    public const string Default = "default";
    public const string Context = "ctx";

    public static readonly Function[] All =
    [
        new(Default, 2, arguments => arguments[0].IsNull ? arguments[1] : arguments[0]) { Reads = Reading.Nothing },
        new(Context, 0, 1, arguments => throw Failure.Syntax(arguments.At, "ctx is a name, not a value.")),
    ];
}
