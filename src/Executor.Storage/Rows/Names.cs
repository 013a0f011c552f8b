using System.Text.Json;

namespace Executor.Storage.Rows;

/// <summary>Lists of task names as one text.</summary>
internal static class Names
{
    public static string Write(IReadOnlyList<string> names) => names.Count == 0 ? "[]" : JsonSerializer.Serialize(names);

    public static IReadOnlyList<string> Parse(string text) =>
        text == "[]" ? [] : JsonSerializer.Deserialize<string[]>(text)!;
}
