using System.Collections;
using System.Linq.Expressions;
using System.Reflection;
using Executor.Core.Values;
using Executor.Core.Workflows;

namespace Executor.Core.Tests.Simulation.Checks;

/// <summary>How objects of a type are compared, found out once: reflection costs more than all the comparing.</summary>
internal sealed class Shape
{
    public Shape(Type type)
    {
        IsStruct = type.IsValueType;
        Kind = KindOf(type);
        Fields = Kind == Kind.Fields
            ? [.. type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).Select(Of)]
            : [];
    }

    public bool IsStruct { get; }

    public Kind Kind { get; }

    public Field[] Fields { get; }

    private static Kind KindOf(Type type) =>
        IsLeaf(type) ? Kind.Leaf
        : type == typeof(WorkflowGraph) ? Kind.Ignored
        : type == typeof(ulong[]) ? Kind.Words
        : type.IsArray && !type.GetElementType()!.IsValueType ? Kind.Array
        : typeof(Delegate).IsAssignableFrom(type) ? Kind.Delegate
        : typeof(IDictionary).IsAssignableFrom(type) ? Kind.Map
        : typeof(IEnumerable).IsAssignableFrom(type) ? Kind.List
        : Kind.Fields;

    private static bool IsLeaf(Type type) =>
        type.IsPrimitive || type.IsEnum || typeof(Value).IsAssignableFrom(type)
        || type == typeof(string) || type == typeof(DateTimeOffset) || type == typeof(TimeSpan)
        || (Nullable.GetUnderlyingType(type) is { } inner && IsLeaf(inner));

    private static Field Of(FieldInfo field)
    {
        var holder = Expression.Parameter(typeof(object));
        var read = Expression.Field(Expression.Convert(holder, field.DeclaringType!), field);
        var reader = Expression.Lambda<Func<object, object?>>(Expression.Convert(read, typeof(object)), holder).Compile();
        return new Field($"{field.DeclaringType!.Name}.{field.Name}", reader, IsLeaf(field.FieldType) ? SameOf(field) : null);
    }

    /// <summary>Without boxing.</summary>
    private static Func<object, object, bool> SameOf(FieldInfo field)
    {
        var (left, right) = (Expression.Parameter(typeof(object)), Expression.Parameter(typeof(object)));
        var comparer = typeof(EqualityComparer<>).MakeGenericType(field.FieldType);
        var same = Expression.Call(
            Expression.Constant(comparer.GetProperty(nameof(EqualityComparer<int>.Default))!.GetValue(null), comparer),
            comparer.GetMethod(nameof(Equals), [field.FieldType, field.FieldType])!,
            Expression.Field(Expression.Convert(left, field.DeclaringType!), field),
            Expression.Field(Expression.Convert(right, field.DeclaringType!), field));
        return Expression.Lambda<Func<object, object, bool>>(same, left, right).Compile();
    }

    /// <param name="Same">Null where what the field holds must be looked into.</param>
    public sealed record Field(string Name, Func<object, object?> Read, Func<object, object, bool>? Same);
}

internal enum Kind
{
    /// <summary>Its own equality is exact enough.</summary>
    Leaf,

    /// <summary>Derived from other parts.</summary>
    Ignored,

    Words,
    Array,
    Delegate,
    Map,
    List,
    Fields,
}
