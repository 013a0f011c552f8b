using System.Text.Json;
using Executor.Core.Values;

namespace Executor.Rehearsal;

/// <summary>Values of tests on their way into and out of workflows.</summary>
internal static class Json
{
    private static readonly JsonSerializerOptions Deep = new() { MaxDepth = 512 };

    public static Value Value(object? value) => ValueJson.Parse(JsonSerializer.Serialize(value, Deep));

    public static JsonElement Element(Value value) => JsonSerializer.Deserialize<JsonElement>(ValueJson.Write(value), Deep);
}
