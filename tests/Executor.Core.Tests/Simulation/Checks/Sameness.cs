using System.Collections;
using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.CompilerServices;
using Executor.Core.Runs;
using Executor.Core.Values;
using Executor.Core.Workflows;

namespace Executor.Core.Tests.Simulation.Checks;

/// <summary>Compares two states field by field, down to the values, whatever their classes call equal.</summary>
internal sealed class Sameness
{
    private static readonly ConcurrentDictionary<Type, Func<object, object?>[]> Fields = [];

    /// <summary>Old states share most of their parts with new ones: no two parts are compared twice.</summary>
    private readonly HashSet<(object Left, object Right)> _compared = new(ByReference.Instance);

    private Sameness()
    {
    }

    /// <returns>Where they first differ; null when they hold the same.</returns>
    public static string? Difference(RunState left, RunState right) => new Sameness().Find(left, right);

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

        if (!left.GetType().IsValueType && !_compared.Add((left, right)))
        {
            return null;
        }

        return left switch
        {
            string or Value or Enum or DateTimeOffset or TimeSpan => Find(left.Equals(right), left, right),
            _ when left.GetType().IsPrimitive => Find(left.Equals(right), left, right),
            Delegate made => Find(made.Target, ((Delegate)right).Target),
            WorkflowGraph => null,
            IDictionary map => FindInMap(map, (IDictionary)right),
            IEnumerable list => FindInList(list, (IEnumerable)right),
            _ => FindInFields(left, right),
        };
    }

    private static string? Find(bool isSame, object left, object right) => isSame ? null : $": {left} and {right}";

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

    private string? FindInFields(object left, object right)
    {
        foreach (var field in Fields.GetOrAdd(left.GetType(), Readers))
        {
            if (Find(field(left), field(right)) is { } difference)
            {
                return $".{left.GetType().Name}{difference}";
            }
        }

        return null;
    }

    private static Func<object, object?>[] Readers(Type type) =>
    [
        .. type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).Select(Reader),
    ];

    private static Func<object, object?> Reader(FieldInfo field)
    {
        var holder = Expression.Parameter(typeof(object));
        var read = Expression.Field(Expression.Convert(holder, field.DeclaringType!), field);
        return Expression.Lambda<Func<object, object?>>(Expression.Convert(read, typeof(object)), holder).Compile();
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
