using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Executor.Core.Workflows.Reading;

namespace Executor.Core.Workflows.Describing;

/// <summary>
/// The workflow file as a JSON Schema (2020-12), so that editors complete keys and mark mistakes. It has the keys of the
/// reader's own tables, no other and no fewer.
/// </summary>
/// <remarks>
/// What it refuses <c>check</c> refuses, too, and more: expressions, targets and joins are no matter of shape. What
/// <c>check</c> only warns of it takes.
/// </remarks>
public static class WorkflowSchema
{
    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The schema as JSON, the same text in every process.</summary>
    public static string Write()
    {
        var root = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = "Workflow",
            ["description"] = "A workflow of executor. 'executor check' finds what a schema cannot.",
        };
        foreach (var (name, part) in Closed(KeyTable.Workflow, KeyShapes.Workflow))
        {
            root[name] = part?.DeepClone();
        }

        root["required"] = new JsonArray("tasks");
        root["$defs"] = Definitions();
        return root.ToJsonString(Readable);
    }

    private static JsonObject Definitions()
    {
        var task = Closed(KeyTable.Task, KeyShapes.Task);
        task["anyOf"] = new JsonArray(
            [.. KeyShapes.SaysWhatItRuns.Where(KeyTable.Task.Known.Contains)
                .Select(key => new JsonObject { ["required"] = new JsonArray(key) })]);
        var retry = Closed(KeyTable.Retry, KeyShapes.Retry);
        retry["required"] = new JsonArray("count");
        var with = Closed(KeyTable.With, KeyShapes.With);
        with["required"] = new JsonArray("items");
        var decision = Closed(KeyTable.Decision, KeyShapes.Decision);
        decision["required"] = new JsonArray("next");
        return new JsonObject
        {
            ["task"] = task,
            ["with"] = with,
            ["retry"] = retry,
            ["transition"] = Closed(KeyTable.Transition, KeyShapes.Transition),
            ["decision"] = decision,
            ["parameter"] = Closed(KeyTable.Schema, KeyShapes.Schema),
            ["parameters"] = Closed(KeyTable.RootSchema, KeyShapes.RootSchema),
        };
    }

    /// <summary>A map with the keys of the table and no others.</summary>
    /// <exception cref="InvalidOperationException">The reader knows a key that has no shape.</exception>
    private static JsonObject Closed(KeyTable table, KeyShapes shapes)
    {
        var properties = new JsonObject();
        foreach (var (key, shape) in shapes.All.Where(shape => table.Known.Contains(shape.Key)))
        {
            properties[key] = shape.DeepClone();
        }

        var missing = table.Known.Where(key => !properties.ContainsKey(key)).Order(StringComparer.Ordinal).ToList();
        return missing.Count == 0
            ? new JsonObject { ["type"] = "object", ["properties"] = properties, ["additionalProperties"] = false }
            : throw new InvalidOperationException($"These keys have no shape: {string.Join(", ", missing)}.");
    }
}
