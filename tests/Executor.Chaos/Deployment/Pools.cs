using System.Text.Json.Nodes;

namespace Executor.Chaos.Deployment;

/// <summary>The broker's users, with a further pool whose workers may do what those of the first may, in their own queues.</summary>
internal static class Pools
{
    /// <summary>Of its own workers, so that there is more than one queue of requests.</summary>
    public const string Further = "shell";

    private const string Known = "default";

    /// <summary>Nodes declare the queue of a pool with the first request for it.</summary>
    public static IReadOnlyList<string> Queues { get; } = [$"executor.tasks.{Known}", $"executor.tasks.{Further}"];

    public static string With(string definitions, string pool)
    {
        var root = JsonNode.Parse(definitions)!.AsObject();
        foreach (var (section, name) in new[] { ("users", "name"), ("permissions", "user"), ("topic_permissions", "user") })
        {
            var entries = root[section]!.AsArray();
            var mine = entries.Where(entry => entry![name]!.GetValue<string>().EndsWith(Known, StringComparison.Ordinal))
                .Select(entry => entry!.ToJsonString().Replace(Known, pool, StringComparison.Ordinal))
                .ToList();
            mine.ForEach(entry => entries.Add(JsonNode.Parse(entry)));
        }

        return root.ToJsonString();
    }
}
