namespace Executor.Core.Runs;

/// <summary>An immutable array with holes: setting one element copies a path of nodes, whatever the length.</summary>
/// <remarks>A tree of nodes of 32, created where something stands; it grows at the root.</remarks>
public sealed class SparseVector<T>
    where T : class
{
    public static readonly SparseVector<T> Empty = new(null, 0);

    internal const int Bits = 5;
    internal const int Width = 1 << Bits;
    private const int Mask = Width - 1;
    private readonly object?[]? _root;
    private readonly int _shift;

    private SparseVector(object?[]? root, int shift)
    {
        _root = root;
        _shift = shift;
    }

    /// <summary>Nodes over nodes over elements; a snapshot writes those that vectors share once.</summary>
    internal (object?[]? Root, int Shift) Tree => (_root, _shift);

    /// <returns>Null where nothing was set.</returns>
    public T? this[int index]
    {
        get
        {
            if (_root is null || index < 0 || (long)index >> _shift >= Width)
            {
                return null;
            }

            var node = _root;
            for (var shift = _shift; shift > 0 && node is not null; shift -= Bits)
            {
                node = (object?[]?)node[(index >> shift) & Mask];
            }

            return (T?)node?[index & Mask];
        }
    }

    internal static SparseVector<T> Of(object?[]? root, int shift) => new(root, shift);

    /// <summary>
    /// An empty one whose paths are as long from the start as they will be, so that every change costs the same.
    /// </summary>
    public SparseVector<T> Sized(int count)
    {
        var shift = 0;
        while ((long)Math.Max(count - 1, 0) >> shift >= Width)
        {
            shift += Bits;
        }

        return _root is null && shift > _shift ? new SparseVector<T>(null, shift) : this;
    }

    public SparseVector<T> With(int index, T value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        var (root, shift) = (_root, _shift);
        while ((long)index >> shift >= Width)
        {
            shift += Bits;
            root = root is null ? null : Parent(root);
        }

        return new SparseVector<T>(Set(root, shift, index, value), shift);
    }

    private static object?[] Parent(object?[] child)
    {
        var node = new object?[Width];
        node[0] = child;
        return node;
    }

    private static object?[] Set(object?[]? node, int shift, int index, T value)
    {
        var copy = new object?[Width];
        node?.CopyTo(copy, 0);
        var place = (index >> shift) & Mask;
        copy[place] = shift == 0 ? value : Set((object?[]?)copy[place], shift - Bits, index, value);
        return copy;
    }
}
