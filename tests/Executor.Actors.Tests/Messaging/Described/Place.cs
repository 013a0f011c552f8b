using System.Text.Json.Nodes;

namespace Executor.Actors.Tests.Messaging.Described;

/// <summary>An object inside a message, with the schema that speaks of it.</summary>
/// <param name="Path">Names and numbers from the body down to it.</param>
internal sealed record Place(IReadOnlyList<string> Path, JsonObject Value, JsonObject Schema)
{
    /// <summary>Every object that a schema speaks of, the body first.</summary>
    public static IEnumerable<Place> In(JsonNode body, JsonNode schema) => In([], body, schema);

    /// <summary>The same place in another copy of the body.</summary>
    public JsonObject Of(JsonNode body) => (JsonObject)Path.Aggregate(
        body, (node, name) => node is JsonArray list ? list[int.Parse(name)]! : node[name]!);

    private static IEnumerable<Place> In(string[] path, JsonNode? node, JsonNode schema)
    {
        var chosen = Choose(schema, node);
        if (node is JsonArray list && chosen?["items"] is { } items)
        {
            return list.SelectMany((item, number) => In([.. path, $"{number}"], item, items));
        }

        if (node is not JsonObject map || chosen?["properties"] is not JsonObject members)
        {
            return [];
        }

        return map.Where(member => members.ContainsKey(member.Key))
            .SelectMany(member => In([.. path, member.Key], member.Value, members[member.Key]!))
            .Prepend(new Place(path, map, chosen));
    }

    private static JsonObject? Choose(JsonNode schema, JsonNode? node)
    {
        var whole = AsyncApiFile.Resolve(schema).AsObject();
        return whole["oneOf"] is JsonArray choices
            ? Choose(choices.Single(choice => AsyncApiFile.Accepts(choice!, node))!, node)
            : whole;
    }
}
