using System.Collections;
using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Executor.Core.Runs;

namespace Executor.Core.Tests.Simulation.Checks;

/// <summary>Compares two states field by field, down to the values, whatever their classes call equal.</summary>
internal sealed class Sameness
{
    private static readonly ConcurrentDictionary<Type, Shape> Shapes = [];

    [ThreadStatic]
    private static Sameness? _used;

    /// <summary>Old states share most of their parts with new ones: no two parts are compared twice.</summary>
    private readonly HashSet<(object Left, object Right)> _compared = new(512, ByReference.Instance);

    private Sameness()
    {
    }

    /// <returns>Where they first differ; null when they hold the same.</returns>
    public static string? Difference(RunState left, RunState right)
    {
        var sameness = _used ??= new Sameness();
        sameness._compared.Clear();
        return sameness.Find(left, right);
    }

    private string? Find(object? left, object? right)
    {
        if (ReferenceEquals(left, right))
        {
            return null;
        }

        if (left is null || right is null || left.GetType() != right.GetType())
        {
            return $": {left ?? "null"} and {right ?? "null"}";
        }

        var shape = Shapes.GetOrAdd(left.GetType(), static type => new Shape(type));
        if (shape.Kind == Kind.Leaf)
        {
            return left.Equals(right) ? null : $": {left} and {right}";
        }

        if (shape.Kind == Kind.Ignored || (!shape.IsStruct && !_compared.Add((left, right))))
        {
            return null;
        }

        return shape.Kind switch
        {
            Kind.Words => ((ulong[])left).AsSpan().SequenceEqual((ulong[])right) ? null : ": other words",
            Kind.Array => FindInArray((object?[])left, (object?[])right),
            Kind.Delegate => Find(((Delegate)left).Target, ((Delegate)right).Target),
            Kind.Map => FindInMap((IDictionary)left, (IDictionary)right),
            Kind.List => FindInList((IEnumerable)left, (IEnumerable)right),
            _ => FindInFields(shape, left, right),
        };
    }

    private string? FindInArray(object?[] left, object?[] right)
    {
        if (left.Length != right.Length)
        {
            return $": {left.Length} and {right.Length} elements";
        }

        for (var place = 0; place < left.Length; place++)
        {
            if (Find(left[place], right[place]) is { } difference)
            {
                return $"[{place}]{difference}";
            }
        }

        return null;
    }

    private string? FindInMap(IDictionary left, IDictionary right)
    {
        if (left.Count != right.Count)
        {
            return $": {left.Count} and {right.Count} entries";
        }

        foreach (DictionaryEntry entry in left)
        {
            if (!right.Contains(entry.Key))
            {
                return $"[{entry.Key}]: only one has it";
            }

            if (Find(entry.Value, right[entry.Key]) is { } difference)
            {
                return $"[{entry.Key}]{difference}";
            }
        }

        return null;
    }

    private string? FindInList(IEnumerable left, IEnumerable right)
    {
        var others = right.GetEnumerator();
        var place = 0;
        foreach (var element in left)
        {
            if (!others.MoveNext())
            {
                return $"[{place}]: only one has it";
            }

            if (Find(element, others.Current) is { } difference)
            {
                return $"[{place}]{difference}";
            }

            place++;
        }

        return others.MoveNext() ? $"[{place}]: only one has it" : null;
    }

    private string? FindInFields(Shape shape, object left, object right)
    {
        foreach (var field in shape.Fields)
        {
            if (field.Same is { } same)
            {
                if (!same(left, right))
                {
                    return $".{field.Name}: {field.Read(left)} and {field.Read(right)}";
                }
            }
            else if (Find(field.Read(left), field.Read(right)) is { } difference)
            {
                return $".{field.Name}{difference}";
            }
        }

        return null;
    }

    private sealed class ByReference : IEqualityComparer<(object Left, object Right)>
    {
        public static readonly ByReference Instance = new();

        public bool Equals((object Left, object Right) x, (object Left, object Right) y) =>
            ReferenceEquals(x.Left, y.Left) && ReferenceEquals(x.Right, y.Right);

        public int GetHashCode((object Left, object Right) pair) =>
            HashCode.Combine(RuntimeHelpers.GetHashCode(pair.Left), RuntimeHelpers.GetHashCode(pair.Right));
    }
}
