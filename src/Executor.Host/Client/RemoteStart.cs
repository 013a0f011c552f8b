using System.Text.Json.Nodes;
using Executor.Core.Runs;
using Executor.Core.Runs.Reruns;
using Executor.Core.Values;

namespace Executor.Host.Client;

/// <summary>Starts a run on a server; safe to repeat, because each start has a key of its own.</summary>
internal static class RemoteStart
{
    private const int Tries = 5;

    /// <param name="name">For a definition without a name of its own.</param>
    public static async Task<RunId> OfDefinitionAsync(
        ApiClient api, string definition, string name, Value.Map inputs, TimeSpan? timeout, CancellationToken stop)
    {
        var request = new JsonObject
        {
            ["definition"] = definition,
            ["name"] = name,
            ["inputs"] = JsonNode.Parse(ValueJson.Write(inputs)),
        };
        if (timeout is { } wanted)
        {
            request["timeout"] = wanted.TotalSeconds;
        }

        return await SendAsync(api, "runs", request, stop);
    }

    /// <summary>Once more what a run was started with, or a part of what it did.</summary>
    public static Task<RunId> AgainAsync(ApiClient api, string run, RerunRequest what, CancellationToken stop)
    {
        var request = new JsonObject
        {
            ["from"] = new JsonArray([.. what.From.Select(name => JsonValue.Create(name))]),
            ["failed_items"] = what.FailedItems,
        };
        return SendAsync(api, $"runs/{Uri.EscapeDataString(run)}/rerun", request, stop);
    }

    private static async Task<RunId> SendAsync(ApiClient api, string path, JsonObject request, CancellationToken stop)
    {
        var key = Guid.NewGuid().ToString("N");
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return new RunId((string)(await api.PostAsync(path, request, key, stop))["run_id"]!);
            }
            catch (Unusable fault) when (attempt < Tries && fault is Unreachable or Refused { Status: 503 })
            {
                await Task.Delay(TimeSpan.FromMilliseconds(300 * attempt), stop);
            }
        }
    }
}
