using System.Text.Json;
using Executor.Core.Values;

namespace Executor.Host.Api.Shapes;

/// <summary>Values of runs on their way out of the API.</summary>
internal static class Json
{
    public static JsonElement Of(Value value) => JsonSerializer.Deserialize<JsonElement>(ValueJson.Write(value), Deep);

    private static readonly JsonSerializerOptions Deep = new() { MaxDepth = 512 };
}
