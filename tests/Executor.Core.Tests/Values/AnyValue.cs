using CsCheck;
using Executor.Core.Values;

namespace Executor.Core.Tests.Values;

/// <summary>Random values of every kind, with the numbers and texts that break things.</summary>
internal static class AnyValue
{
    public static readonly Gen<string> Texts = Gen.Frequency(
        (3, Gen.String[Gen.Char['a', 'f'], 0, 6]),
        (2, Gen.OneOf(
            "", " ", "é", "😀", "a😀b", "\uFFFD", "\u2028", "\0", "\u007F", "\u0085", "\uFEFF", "\n", "\"", "\\", "{{ x }}", "}}",
            "null", "true", "no", "1", "1.0", "-", "- a", "a: b", "#", "~", "0x1F", "1e3", "'", "|", ">", "@", "a ", " a")));

    private static readonly Gen<double> Floats = Gen.OneOf(
        Gen.Double[-1e6, 1e6],
        Gen.OneOf(0.0, -0.0, 1.0, 0.1, 1e300, -1e300, 5e-324, double.MaxValue, 9007199254740993d, 9223372036854775808d));

    private static readonly Gen<long> Integers = Gen.OneOf(
        Gen.Long[-3, 3],
        Gen.Long,
        Gen.OneOf(long.MinValue, long.MaxValue, 9007199254740993, 9007199254740992));

    private static readonly Gen<Value> Scalars = Gen.OneOf(
        Gen.OneOf(Value.Null, Value.True, Value.False),
        Integers.Select(Value.Of),
        Floats.Select(Value.Of),
        Texts.Select(Value.Of));

    public static readonly Gen<Value> Values = OfDepth(3);

    private static Gen<Value> OfDepth(int depth)
    {
        if (depth == 0)
        {
            return Scalars;
        }

        var inner = OfDepth(depth - 1);
        return Gen.Frequency(
            (2, Scalars),
            (1, inner.Array[0, 4].Select(items => Value.Of(items))),
            (1, Gen.Select(Texts, inner).Array[0, 12].Select(pairs =>
                (Value)Value.Map.From(pairs.Select(pair => KeyValuePair.Create(pair.Item1, pair.Item2))))));
    }
}
