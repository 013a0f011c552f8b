using System.Numerics;

namespace Executor.Core.Runs;

/// <summary>
/// An immutable set of visits by ordinal, made for ancestry: most sets share nearly all with their parents'.
/// </summary>
/// <remarks>
/// A tree of nodes of 16 over words of 64 bits. Where a union equals one side, that side's node is used again, so a
/// union of sets with a common past costs what has changed since, and a loop of 10,000 visits stays cheap.
/// </remarks>
public sealed class VisitSet
{
    public static readonly VisitSet Empty = new(null);

    internal const int Width = 1 << NodeBits;
    private const int WordBits = 6;
    private const int NodeBits = 4;
    private const int Levels = 4;
    private readonly Node? _root;

    private VisitSet(Node? root) => _root = root;

    /// <summary>A snapshot writes the nodes that sets share once.</summary>
    internal Node? Root => _root;

    internal static VisitSet Of(Node? root) => new(root);

    public bool Contains(int ordinal)
    {
        var node = _root;
        for (var level = Levels - 1; level > 0 && node is not null; level--)
        {
            node = node.Children![Place(ordinal, level)];
        }

        return node is not null && (node.Words![Place(ordinal, 0)] & Bit(ordinal)) != 0;
    }

    public VisitSet With(int ordinal) => Contains(ordinal) ? this : new VisitSet(Add(_root, Levels - 1, ordinal));

    /// <returns>This very set when the other adds nothing.</returns>
    public VisitSet Union(VisitSet other)
    {
        var root = Union(_root, other._root);
        return ReferenceEquals(root, _root) ? this : ReferenceEquals(root, other._root) ? other : new VisitSet(root);
    }

    public int Count => CountOf(_root);

    private static int Place(int ordinal, int level) => (ordinal >> (WordBits + (NodeBits * level))) & (Width - 1);

    private static ulong Bit(int ordinal) => 1UL << (ordinal & 63);

    private static int CountOf(Node? node) => node is null
        ? 0
        : node.Words?.Sum(BitOperations.PopCount) ?? node.Children!.Sum(CountOf);

    private static Node Add(Node? node, int level, int ordinal)
    {
        var place = Place(ordinal, level);
        if (level == 0)
        {
            var words = node is null ? new ulong[Width] : [.. node.Words!];
            words[place] |= Bit(ordinal);
            return new Node(null, words);
        }

        var children = node is null ? new Node?[Width] : [.. node.Children!];
        children[place] = Add(children[place], level - 1, ordinal);
        return new Node(children, null);
    }

    private static Node? Union(Node? left, Node? right)
    {
        if (right is null || ReferenceEquals(left, right))
        {
            return left;
        }

        if (left is null)
        {
            return right;
        }

        return left.Words is null ? UnionOfChildren(left, right) : UnionOfWords(left, right);
    }

    private static Node UnionOfChildren(Node left, Node right)
    {
        var children = new Node?[Width];
        var (sameLeft, sameRight) = (true, true);
        for (var place = 0; place < Width; place++)
        {
            var child = Union(left.Children![place], right.Children![place]);
            children[place] = child;
            sameLeft &= ReferenceEquals(child, left.Children[place]);
            sameRight &= ReferenceEquals(child, right.Children[place]);
        }

        return sameLeft ? left : sameRight ? right : new Node(children, null);
    }

    private static Node UnionOfWords(Node left, Node right)
    {
        var words = new ulong[Width];
        var (sameLeft, sameRight) = (true, true);
        for (var place = 0; place < Width; place++)
        {
            words[place] = left.Words![place] | right.Words![place];
            sameLeft &= words[place] == left.Words[place];
            sameRight &= words[place] == right.Words[place];
        }

        return sameLeft ? left : sameRight ? right : new Node(null, words);
    }

    /// <summary>Either children or words.</summary>
    internal sealed record Node(Node?[]? Children, ulong[]? Words);
}
