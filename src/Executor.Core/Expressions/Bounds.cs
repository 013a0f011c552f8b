using Executor.Core.Values;

namespace Executor.Core.Expressions;

/// <summary>Refuses what would be too large, before it is allocated.</summary>
internal static class Bounds
{
    public static void CheckText(long length, Position at)
    {
        if (length > ExpressionLimits.Text)
        {
            throw Failure.TooLarge(at, $"The text would have more than {ExpressionLimits.Text} characters.");
        }
    }

    public static void CheckCount(long count, Position at)
    {
        if (count > ExpressionLimits.List)
        {
            throw Failure.TooLarge(at, $"The list would have more than {ExpressionLimits.List} elements.");
        }
    }

    /// <summary>Results that lie beside the journal are brought into memory together.</summary>
    public static void CheckContents(long weight, Position at)
    {
        if (weight > ExpressionLimits.Weight)
        {
            throw Failure.TooLarge(at, "The results that it reads are too large to be looked at together.");
        }
    }

    /// <summary>A value that was built here, not looked up: it must stay within what can be written out.</summary>
    public static Value Built(Value value, Position at)
    {
        if (value.Depth > ExpressionLimits.Nesting)
        {
            throw Failure.TooLarge(at, $"The value would be nested deeper than {ExpressionLimits.Nesting}.");
        }

        if (value.Weight > ExpressionLimits.Weight)
        {
            throw Failure.TooLarge(at, "The value would be too large to be written out.");
        }

        return value;
    }
}
