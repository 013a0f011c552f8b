using System.Globalization;
using Executor.Core.Expressions;
using Executor.Core.Values;

namespace Executor.Core.Explaining;

/// <summary>What a condition looked at, as words: <c>result().count = 3, workflow.limit = 5</c>.</summary>
internal static class SeenText
{
    private const int LongestValue = 120;
    private const int MostValues = 12;

    public static string Of(Expression expression, Scope scope)
    {
        var seen = expression.See(scope);
        var told = seen.Take(MostValues).Select(one => $"{one.Path} = {Short(one.Value)}");
        return string.Join(", ", seen.Length > MostValues ? told.Append("…") : told);
    }

    public static string Short(Value? value)
    {
        if (value is Value.Stored { Result: var stored })
        {
            return string.Create(
                CultureInfo.InvariantCulture, $"({stored.Kind} of {stored.Bytes} bytes, result {stored.Id[..12]}…)");
        }

        var text = value?.ToString() ?? "(missing)";
        var end = text.Length > LongestValue && char.IsHighSurrogate(text[LongestValue - 1]) ? LongestValue - 1 : LongestValue;
        return text.Length > LongestValue ? text[..end] + "…" : text;
    }
}
