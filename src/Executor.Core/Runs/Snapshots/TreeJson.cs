using System.Text.Json;

namespace Executor.Core.Runs.Snapshots;

/// <summary>The trees behind vectors and sets, node by node: old ones share most of theirs with new ones.</summary>
internal static class TreeJson
{
    public static void Vector<T>(this StateWriter to, SparseVector<T> vector, WriteOne<T> one, string? name = null)
        where T : class
    {
        var (root, shift) = vector.Tree;
        to.Name(name);
        to.Json.WriteStartArray();
        to.Number(shift);
        WriteNode(to, root, shift, one);
        to.Json.WriteEndArray();
    }

    public static SparseVector<T> Vector<T>(this ref StateReader from, ReadOne<T> one, string? name = null)
        where T : class
    {
        from.Advance(name);
        from.Require(JsonTokenType.StartArray);
        var shift = from.Number();
        from.Advance();
        var root = ReadNode(ref from, shift, one);
        from.End(JsonTokenType.EndArray);
        return SparseVector<T>.Of(root, shift);
    }

    public static void Set(this StateWriter to, VisitSet set, string? name = null)
    {
        to.Name(name);
        WriteNode(to, set.Root);
    }

    public static VisitSet Set(this ref StateReader from, string? name = null)
    {
        from.Advance(name);
        return VisitSet.Of(ReadSetNode(ref from));
    }

    private static void WriteNode<T>(StateWriter to, object?[]? node, int shift, WriteOne<T> one)
        where T : class => to.Shared(node, (_, parts) => to.List(Filled(parts), (_, part) =>
        {
            if (part is null)
            {
                to.Json.WriteNullValue();
            }
            else if (shift > 0)
            {
                WriteNode(to, (object?[])part, shift - SparseVector<T>.Bits, one);
            }
            else
            {
                one(to, (T)part);
            }
        }));

    private static object?[]? ReadNode<T>(ref StateReader from, int shift, ReadOne<T> one)
        where T : class => from.SharedHere((ref from) =>
        {
            var node = new object?[SparseVector<T>.Width];
            var place = 0;
            from.Require(JsonTokenType.StartArray);
            while (!from.Ends(JsonTokenType.EndArray))
            {
                var part = shift > 0 ? ReadNode(ref from, shift - SparseVector<T>.Bits, one) : PartHere(ref from, one);
                node[Place(place++, node.Length)] = part;
            }

            return node;
        });

    private static object? PartHere<T>(ref StateReader from, ReadOne<T> one)
        where T : class => from.Token == JsonTokenType.Null ? null : one(ref from);

    private static void WriteNode(StateWriter to, VisitSet.Node? node) => to.Shared(node, static (to, node) =>
    {
        if (node.Words is { } words)
        {
            to.Json.WriteStartObject();
            to.List(words, static (to, word) => to.Json.WriteNumberValue(word), "w");
            to.Json.WriteEndObject();
        }
        else
        {
            to.List(Filled(node.Children!), static (to, child) => WriteNode(to, (VisitSet.Node?)child));
        }
    });

    private static VisitSet.Node? ReadSetNode(ref StateReader from) => from.SharedHere(static (ref from) =>
        from.Token == JsonTokenType.StartObject ? ReadWords(ref from) : ReadChildren(ref from));

    private static VisitSet.Node ReadWords(ref StateReader from)
    {
        var words = from.List(static (ref from) => from.WordOfBits(), "w");
        from.End(JsonTokenType.EndObject);
        return words.Length == VisitSet.Width
            ? new VisitSet.Node(null, [.. words])
            : throw new JsonException("A node of a set is not whole.");
    }

    private static VisitSet.Node ReadChildren(ref StateReader from)
    {
        var children = new VisitSet.Node?[VisitSet.Width];
        var place = 0;
        foreach (var child in from.ListHere(ReadSetNode))
        {
            children[Place(place++, children.Length)] = child;
        }

        return new VisitSet.Node(children, null);
    }

    /// <summary>Without the empty places at its end.</summary>
    private static IEnumerable<object?> Filled(object?[] parts) =>
        parts.Take(Array.FindLastIndex(parts, part => part is not null) + 1);

    private static int Place(int place, int width) =>
        place < width ? place : throw new JsonException($"A node has {width} places.");
}
