using System.Text.Json;
using System.Text.Json.Nodes;
using Executor.Actors.Tests.Servers;
using Json.Schema;

namespace Executor.Actors.Tests.Messaging.Described;

/// <summary>What src/Executor.Messaging/asyncapi.yaml says.</summary>
internal static class AsyncApiFile
{
    private static readonly EvaluationOptions Strict = new() { RequireFormatValidation = true };

    private static readonly Dictionary<string, JsonSchema> Built = [];

    public static JsonObject Root { get; } = YamlNodes.Read(
        File.ReadAllText(Path.Combine(Checkout.Root, "src", "Executor.Messaging", "asyncapi.yaml")));

    public static IEnumerable<(string Key, JsonNode Channel)> Channels =>
        Root["channels"]!.AsObject().Select(channel => (channel.Key, channel.Value!));

    public static JsonObject Schemas => Root["components"]!["schemas"]!.AsObject();

    /// <summary>By the name that the property type bears.</summary>
    public static JsonNode Message(string type) => Entry(type).Value!;

    public static string KeyOf(string type) => Entry(type).Key;

    public static IEnumerable<string> Types => MessagesByKey().Select(message => (string)message.Value!["name"]!);

    /// <summary>The node itself, or what it refers to.</summary>
    public static JsonNode Resolve(JsonNode node) => node is JsonObject map && map["$ref"] is { } reference
        ? Resolve(Find((string)reference!) ?? throw new KeyNotFoundException((string)reference!))
        : node;

    /// <returns>Null where nothing is.</returns>
    public static JsonNode? Find(string reference) => reference.Split('/') is ["#", .. var names]
        ? names.Aggregate((JsonNode?)Root, (node, name) => (node as JsonObject)?[name])
        : null;

    public static bool Accepts(JsonNode schema, JsonNode? value)
    {
        using var json = JsonDocument.Parse(value?.ToJsonString() ?? "null");
        return Build(schema).Evaluate(json.RootElement, Strict).IsValid;
    }

    private static KeyValuePair<string, JsonNode?> Entry(string type) =>
        MessagesByKey().Single(message => (string?)message.Value!["name"] == type);

    private static JsonObject MessagesByKey() => Root["components"]!["messages"]!.AsObject();

    private static JsonSchema Build(JsonNode schema)
    {
        var whole = new JsonObject
        {
            ["$schema"] = "http://json-schema.org/draft-07/schema#",
            ["definitions"] = Schemas.DeepClone(),
            ["allOf"] = new JsonArray(schema.DeepClone()),
        };
        var text = whole.ToJsonString().Replace("#/components/schemas/", "#/definitions/", StringComparison.Ordinal);
        lock (Built)
        {
            return Built.TryGetValue(text, out var built) ? built : Built[text] = JsonSchema.FromText(text);
        }
    }
}
