using System.Text.Json;
using Executor.Core.Values;

namespace Executor.Host.Api.Shapes;

/// <summary>Values of runs on their way into and out of the API.</summary>
internal static class Json
{
    public static JsonElement Of(Value value) => JsonSerializer.Deserialize<JsonElement>(ValueJson.Write(value), Deep);

    /// <exception cref="JsonException">An integer outside 64 bits.</exception>
    public static Value.Map Map(Dictionary<string, JsonElement>? entries) => Value.Map.From(
        (entries ?? []).Select(entry => KeyValuePair.Create(entry.Key, ValueJson.Parse(entry.Value.GetRawText()))));

    private static readonly JsonSerializerOptions Deep = new() { MaxDepth = 512 };
}
