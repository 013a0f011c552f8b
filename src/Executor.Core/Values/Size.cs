using System.Collections.Immutable;

namespace Executor.Core.Values;

/// <summary>How large a container is, counted once from its parts. A class, so that it is published in one write.</summary>
internal sealed record Size(long Weight, int Depth, bool HasStored)
{
    /// <summary>Far above any limit and far below overflow.</summary>
    private const long Most = 1L << 40;

    public static Size Of(ImmutableArray<Value> items)
    {
        var (weight, depth, stored) = (1L, 0, false);
        foreach (var item in items)
        {
            weight = Math.Min(Most, weight + item.Weight);
            depth = Math.Max(depth, item.Depth);
            stored |= item.HasStored;
        }

        return new Size(weight, depth + 1, stored);
    }

    public static Size Of(ImmutableArray<KeyValuePair<string, Value>> entries)
    {
        var (weight, depth, stored) = (1L, 0, false);
        foreach (var (key, value) in entries)
        {
            weight = Math.Min(Most, weight + key.Length + 1 + value.Weight);
            depth = Math.Max(depth, value.Depth);
            stored |= value.HasStored;
        }

        return new Size(weight, depth + 1, stored);
    }
}
