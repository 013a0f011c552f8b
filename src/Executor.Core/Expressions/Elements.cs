using Executor.Core.Values;

namespace Executor.Core.Expressions;

/// <summary>Parts of containers and texts by place or key; a negative place counts from the end.</summary>
internal static class Elements
{
    /// <returns>Null when there is no such element.</returns>
    public static Value? Find(Value container, Value place, Position at, Evaluation evaluation)
    {
        switch (container)
        {
            case Value.Map map:
                var key = place as Value.Text
                    ?? throw Failure.Type(at, $"A field of a map is named by a text, not by {Kind(place)}.");
                return map.TryGet(key.Content, out var value) ? value : null;
            case Value.List list:
                return FromStart(place, list.Count, at) is { } index ? list[index] : null;
            case Value.Text text:
                evaluation.Work(text.Content.Length, at);
                return FromStart(place, CodePoints.Count(text.Content), at) is { } offset
                    ? new Value.Text(CodePoints.At(text.Content, offset))
                    : null;
            default:
                throw Failure.Type(at, $"{container.Kind} has no elements.");
        }
    }

    public static ExpressionException Missing(Value container, Value place, Position at) => (container, place) switch
    {
        (Value.Map map, Value.Text key) => Failure.UnknownName(
            at,
            $"There is no field '{key.Content}'.",
            Nearest.Hint(key.Content, map.Entries.Select(entry => entry.Key))),
        (Value.Text text, Value.Int index) => Failure.Index(at, index.Content, CodePoints.Count(text.Content)),
        (Value.List list, Value.Int index) => Failure.Index(at, index.Content, list.Count),
        _ => Failure.Type(at, $"{container.Kind} has no element by {place.Kind}."),
    };

    /// <summary>From <paramref name="from"/> up to but without <paramref name="to"/>, cut to what there is.</summary>
    /// <param name="from">Null is the start.</param>
    /// <param name="to">Null is the end.</param>
    public static Value Slice(Value container, Value from, Value to, Position at, Evaluation evaluation)
    {
        switch (container)
        {
            case Value.List list:
                var (first, end) = Range(from, to, list.Count, at);
                Bounds.CheckCount(end - first, at);
                return Bounds.Built(new Value.List(list.Items.Slice(first, end - first)), at);
            case Value.Text text:
                evaluation.Work(text.Content.Length, at);
                var (start, stop) = Range(from, to, CodePoints.Count(text.Content), at);
                return new Value.Text(CodePoints.Slice(text.Content, start, stop));
            default:
                throw Failure.Type(at, $"{container.Kind} cannot be sliced: a list or a text is needed.");
        }
    }

    private static (int From, int To) Range(Value from, Value to, int count, Position at)
    {
        var start = Bound(from, 0, count, at);
        return (start, Math.Max(start, Bound(to, count, count, at)));
    }

    private static int Bound(Value place, int absent, int count, Position at)
    {
        if (place.IsNull)
        {
            return absent;
        }

        var index = Integer(place, at);
        return (int)Math.Clamp(index < 0 ? Math.Max(index, -count) + count : index, 0, count);
    }

    private static int? FromStart(Value place, int count, Position at)
    {
        var index = Integer(place, at);
        return index < -count || index >= count ? null : (int)(index < 0 ? index + count : index);
    }

    private static long Integer(Value place, Position at) => place is Value.Int integer
        ? integer.Content
        : throw Failure.Type(at, $"A place is an integer, not {Kind(place)}.");

    private static string Kind(Value value) => value is Value.Float ? "float" : value.Kind;
}
