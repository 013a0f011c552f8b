namespace Executor.Core.Expressions;

/// <summary>Bounds of what one expression may be, do and build; reaching one is an error with a code.</summary>
public static class ExpressionLimits
{
    /// <summary>UTF-16 units of one expression.</summary>
    public const int Source = 8_192;

    /// <summary>Operators, names, literals and calls of one expression.</summary>
    public const int Nodes = 1_000;

    /// <summary>Brackets and prefixes inside each other in a source; containers inside each other in a built value.</summary>
    public const int Nesting = 64;

    /// <summary>Per evaluation or rendering. A node costs 1; work on a text or a container costs its weight / 64.</summary>
    public const int Steps = 100_000;

    /// <summary>UTF-16 units of a text that an expression builds.</summary>
    public const int Text = 1_048_576;

    /// <summary>Elements of a list, or members of a map, that an expression builds.</summary>
    public const int List = 1_000_000;

    /// <summary>
    /// Values and characters in one built container, shared parts counted as often as they appear: what it would cost
    /// to write it out. Without it, <c>x: [x, x]</c> in a loop outgrows any disk while staying small in memory.
    /// </summary>
    public const long Weight = 67_108_864;
}
