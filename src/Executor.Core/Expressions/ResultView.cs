using System.Text.Json;
using Executor.Core.Values;

namespace Executor.Core.Expressions;

/// <summary>A result as <c>result()</c> and <c>task.NAME</c> show it: the fields of its data are reachable directly.</summary>
public static class ResultView
{
    /// <summary>
    /// Of a map, the members of <c>data</c> are added where the key is absent; without <c>data</c>, those of a
    /// <c>stdout</c> that is a JSON object. Anything else is shown as it is.
    /// </summary>
    public static Value Of(Value raw)
    {
        if (raw is not Value.Map map)
        {
            return raw;
        }

        var data = map.TryGet("data", out var found) ? found as Value.Map : Output(map);
        return data is null || data.Entries.All(entry => map.ContainsKey(entry.Key))
            ? raw
            : new Value.Map([.. map.Entries, .. data.Entries.Where(entry => !map.ContainsKey(entry.Key))]);
    }

    private static Value.Map? Output(Value.Map map)
    {
        if (!map.TryGet("stdout", out var output) || output is not Value.Text text || !LooksLikeObject(text.Content))
        {
            return null;
        }

        try
        {
            return ValueJson.Parse(text.Content) as Value.Map;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Spares the exception for plain output.</summary>
    private static bool LooksLikeObject(string text)
    {
        var trimmed = text.AsSpan().Trim();
        return trimmed is ['{', .., '}'];
    }
}
