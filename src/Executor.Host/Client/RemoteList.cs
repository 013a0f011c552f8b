using System.Text.Json.Nodes;
using Executor.Core;
using Executor.Core.Runs;
using Executor.Core.Values;

namespace Executor.Host.Client;

/// <summary>The runs of a server, as their rows tell them.</summary>
internal static class RemoteList
{
    private const int Page = 200;

    /// <summary>Newest first.</summary>
    public static async Task<IReadOnlyList<RunRow>> RunsAsync(ApiClient api, int limit, CancellationToken stop)
    {
        var rows = new List<RunRow>();
        for (var before = ""; before is not null && rows.Count < limit;)
        {
            var wanted = Math.Min(Page, limit - rows.Count);
            var page = await api.GetAsync($"runs?limit={wanted}{(before.Length > 0 ? $"&before={before}" : "")}", stop);
            rows.AddRange(page["runs"]!.AsArray().Select(run => RowOf(run!)));
            before = (string?)page["next"];
        }

        return rows;
    }

    private static RunRow RowOf(JsonNode run) => new(
        new RunId((string)run["run_id"]!), 0, (string)run["workflow"]!, "",
        Enum.Parse<RunStatus>((string)run["status"]!, ignoreCase: true), Names(run["current_tasks"]),
        Names(run["completed_tasks"]), Names(run["failed_tasks"]), Names(run["skipped_tasks"]), Value.Null,
        (string?)run["error"], null, (DateTimeOffset)run["started_at"]!, (DateTimeOffset?)run["ended_at"])
    {
        Parent = run["parent"] is { } by
            ? new RunCaller(
                new RunId((string)by["run_id"]!),
                new Slot((string)by["task"]!, (int)by["visit"]!, (int?)by["item"] ?? Slot.NoItem, (int)by["attempt"]!))
            : null,
        Origin = (string?)run["origin"] is { } origin ? new RunId(origin) : null,
    };

    private static string[] Names(JsonNode? list) => [.. list!.AsArray().Select(name => (string)name!)];
}
