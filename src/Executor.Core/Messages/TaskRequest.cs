using System.Text.Json.Serialization;
using Executor.Core.Runs;
using Executor.Core.Values;

namespace Executor.Core.Messages;

/// <summary>One attempt to be made by a worker of a pool.</summary>
/// <param name="Id">Also the idempotency key that the action may hand on.</param>
/// <param name="Timeout">Counted by the worker from the start of the action.</param>
public sealed record TaskRequest(
    DispatchId Id, RunId Run, Slot Slot, string Workflow, string Action, Value.Map Input, string Pool,
    [property: JsonPropertyName("timeoutSeconds")] TimeSpan Timeout)
{
    /// <summary>The traceparent of what has caused it; null where nothing is traced. Travels beside the body.</summary>
    [JsonIgnore]
    public string? Trace { get; init; }
}
