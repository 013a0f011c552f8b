using Executor.Core.Values;

namespace Executor.Core.Expressions;

/// <summary>Equality between all values; order among numbers, among texts and among lists of such.</summary>
internal static class Comparison
{
    /// <remarks>Only null equals null: to see that a result is there, nobody need read it.</remarks>
    public static bool AreEqual(Value left, Value right, Position at, Evaluation evaluation)
    {
        evaluation.Work(Math.Min(left.Weight, right.Weight), at);
        if (left.IsNull || right.IsNull)
        {
            return left.IsNull && right.IsNull;
        }

        var (first, second) = evaluation.Whole(left, right, at);
        return first.Equals(second);
    }

    /// <returns>Negative, zero or positive.</returns>
    /// <exception cref="ExpressionException">The values have no order: unlike kinds, null, booleans, maps.</exception>
    public static int Order(Value left, Value right, Position at, Evaluation evaluation)
    {
        switch (left, right)
        {
            case (Value.Int first, Value.Int second):
                return first.Content.CompareTo(second.Content);
            case (Value.Float first, Value.Float second):
                return first.Content.CompareTo(second.Content);
            case (Value.Int first, Value.Float second):
                return Order(first.Content, second.Content);
            case (Value.Float first, Value.Int second):
                return -Order(second.Content, first.Content);
            case (Value.Text first, Value.Text second):
                evaluation.Work(Math.Min(first.Content.Length, second.Content.Length), at);
                return CodePoints.Compare(first.Content, second.Content);
            case (Value.List first, Value.List second):
                return Order(first, second, at, evaluation);
            default:
                throw Failure.Type(at, $"{left.Kind} and {right.Kind} have no order.");
        }
    }

    public static bool IsIn(Value needle, Value haystack, Position at, Evaluation evaluation)
    {
        switch (haystack)
        {
            case Value.List list:
                evaluation.Work(list.Weight, at);
                return list.Items.Contains(needle);
            case Value.Map map:
                return needle is Value.Text key
                    ? map.ContainsKey(key.Content)
                    : throw Failure.Type(at, $"A key is a text, not {needle.Kind}.");
            case Value.Text text:
                evaluation.Work(text.Content.Length, at);
                return needle is Value.Text part
                    ? text.Content.Contains(part.Content, StringComparison.Ordinal)
                    : throw Failure.Type(at, $"A text contains texts, not {needle.Kind}.");
            default:
                throw Failure.Type(at, $"Nothing is in {haystack.Kind}: a list, a map or a text is needed.");
        }
    }

    private static int Order(long integer, double number)
    {
        if (number >= 9223372036854775808d)
        {
            return -1;
        }

        if (number < -9223372036854775808d)
        {
            return 1;
        }

        var whole = Math.Truncate(number);
        var order = integer.CompareTo((long)whole);
        return order != 0 ? order : whole.CompareTo(number);
    }

    private static int Order(Value.List first, Value.List second, Position at, Evaluation evaluation)
    {
        var shared = Math.Min(first.Count, second.Count);
        for (var index = 0; index < shared; index++)
        {
            evaluation.Step(at);
            var order = Order(first[index], second[index], at, evaluation);
            if (order != 0)
            {
                return order;
            }
        }

        return first.Count.CompareTo(second.Count);
    }
}
