using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.CompilerServices;
using Executor.Core.Runs;
using Executor.Core.Values;
using Executor.Core.Workflows;

namespace Executor.Core.Tests.Runs.Snapshots;

/// <summary>A state in which no member, however deep, has its default: it makes no sense, but nothing in it may be lost.</summary>
/// <remarks>Fields are set, not properties: whatever is added to a part of the state is filled, too.</remarks>
internal sealed class Filled
{
    private const BindingFlags Own =
        BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.DeclaredOnly;

    private static readonly DateTimeOffset Noon = new(2030, 1, 2, 12, 0, 0, 250, TimeSpan.Zero);
    private int _count;

    public static WorkflowSpec Workflow { get; } = Scenario.Read(
        """
        ref: test.filled
        tasks:
          - name: first
            action: core.noop
          - name: second
            action: core.noop
        """);

    public static RunState State() => (RunState)new Filled().Make(typeof(RunState));

    private object Make(Type type)
    {
        if (type == typeof(StoredContents))
        {
            // No part of what the run knows: it is never there between two decisions.
            return StoredContents.None;
        }

        _count++;
        return type switch
        {
            _ when type == typeof(string) => $"text {_count}",
            _ when type == typeof(int) => _count,
            _ when type == typeof(long) => (long)_count << 32,
            _ when type == typeof(bool) => true,
            _ when type == typeof(DateTimeOffset) => Noon.AddTicks(_count),
            _ when type == typeof(TimeSpan) => TimeSpan.FromTicks(_count),
            _ when type == typeof(Value) => Object(),
            _ when type == typeof(Value.Map) => Object(),
            _ when type == typeof(Value.List) => new Value.List([Object(), Value.Of(_count)]),
            _ when type == typeof(WorkflowSpec) => Workflow,
            _ when type == typeof(TaskSpec) => Workflow.Tasks[1],
            _ when type == typeof(VisitSet) => VisitSet.Empty.With(_count).With(_count + 5_000),
            _ when type == typeof(SlotLine) => SlotLine.Of(ListOf<Slot>()),
            _ when type == typeof(AttemptEnds) =>
                AttemptEnds.After(AttemptEnds.After(null, SlotStatus.Abandoned), SlotStatus.Timeout),
            { IsEnum: true } => Last(type),
            { IsGenericType: true } => MakeGeneric(type.GetGenericTypeDefinition(), type.GetGenericArguments()),
            { Namespace: { } space } when space.StartsWith("Executor.Core", StringComparison.Ordinal) => MakeParts(type),
            _ => throw new NotSupportedException($"Say here what a {type} is like that is not the default."),
        };
    }

    private object MakeGeneric(Type definition, Type[] arguments)
    {
        if (definition == typeof(Nullable<>))
        {
            return Make(arguments[0]);
        }

        var maker = definition.Name switch
        {
            "ImmutableArray`1" => nameof(ArrayOf),
            "ImmutableList`1" => nameof(ListOf),
            "ImmutableSortedSet`1" => nameof(SortedSetOf),
            "ImmutableDictionary`2" => nameof(DictionaryOf),
            "ImmutableSortedDictionary`2" => nameof(SortedDictionaryOf),
            "SparseVector`1" => nameof(VectorOf),
            _ => throw new NotSupportedException($"Say here what a {definition} is like that is not the default."),
        };
        return GetType().GetMethod(maker, Own)!.MakeGenericMethod(arguments).Invoke(this, null)!;
    }

    private object MakeParts(Type type)
    {
        var made = RuntimeHelpers.GetUninitializedObject(type);
        for (var part = type; part is not null && part != typeof(object) && part != typeof(ValueType); part = part.BaseType)
        {
            foreach (var field in part.GetFields(Own))
            {
                field.SetValue(made, Make(field.FieldType));
            }
        }

        return made;
    }

    private Value.Map Object() => Value.Map.Empty.With("n", Value.Of(_count)).With("x", Value.Of(_count + 0.5))
        .With("whole", Value.Of(3.0)).With("none", Value.Null).With("list", Value.Of([Value.True, Value.Of("ü \"é\" 😀")]))
        .With("long", Value.Of(new string('-', 40))).With("", Value.Map.Empty.With("r", Value.Of(1)));

    private static object Last(Type type) => type.GetEnumValues().Cast<object>().Last();

    private ImmutableArray<T> ArrayOf<T>() => [One<T>(), One<T>()];

    private ImmutableList<T> ListOf<T>() => [One<T>(), One<T>()];

    private ImmutableSortedSet<T> SortedSetOf<T>() => [One<T>(), One<T>()];

    private ImmutableDictionary<TKey, T> DictionaryOf<TKey, T>()
        where TKey : notnull
    {
        var one = One<T>();
        var key = one is OpenSlot open ? (TKey)(object)open.Dispatched.Slot : One<TKey>();
        return ImmutableDictionary<TKey, T>.Empty.Add(key, one);
    }

    private ImmutableSortedDictionary<TKey, T> SortedDictionaryOf<TKey, T>()
        where TKey : notnull => ImmutableSortedDictionary<TKey, T>.Empty.Add(One<TKey>(), One<T>());

    private SparseVector<T> VectorOf<T>()
        where T : class => SparseVector<T>.Empty.Sized(2_000).With(0, One<T>()).With(3, One<T>()).With(1_999, One<T>());

    private T One<T>() => (T)Make(typeof(T));
}
