using System.Text.Json;
using System.Text.Json.Serialization;
using Executor.Actors.Wire;
using Executor.Core.Runs;
using Executor.Core.Values;

namespace Executor.Actors.Journal;

/// <summary>How each event is written; generated, because reflection would cost each process its start.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    GenerationMode = JsonSourceGenerationMode.Metadata,
    IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(RunEvent.RunStarted))]
[JsonSerializable(typeof(RunEvent.WorkflowFrozen))]
[JsonSerializable(typeof(RunEvent.Arrived))]
[JsonSerializable(typeof(RunEvent.VisitOpened))]
[JsonSerializable(typeof(RunEvent.VisitKept))]
[JsonSerializable(typeof(RunEvent.DelayEnded))]
[JsonSerializable(typeof(RunEvent.Held))]
[JsonSerializable(typeof(RunEvent.Dispatched))]
[JsonSerializable(typeof(RunEvent.ItemFinished))]
[JsonSerializable(typeof(RunEvent.OverdueEnded))]
[JsonSerializable(typeof(RunEvent.RetryScheduled))]
[JsonSerializable(typeof(RunEvent.ItemDropped))]
[JsonSerializable(typeof(RunEvent.ItemsDropped))]
[JsonSerializable(typeof(RunEvent.InnerEnded))]
[JsonSerializable(typeof(RunEvent.VisitEnded))]
[JsonSerializable(typeof(RunEvent.VisitRetried))]
[JsonSerializable(typeof(RunEvent.TransitionFired))]
[JsonSerializable(typeof(RunEvent.ConditionFailed))]
[JsonSerializable(typeof(RunEvent.ProblemFound))]
[JsonSerializable(typeof(RunEvent.RunFailing))]
[JsonSerializable(typeof(RunEvent.CancelRequested))]
[JsonSerializable(typeof(RunEvent.PauseRequested))]
[JsonSerializable(typeof(RunEvent.RunPaused))]
[JsonSerializable(typeof(RunEvent.RunResumed))]
[JsonSerializable(typeof(RunEvent.RunTimedOut))]
[JsonSerializable(typeof(RunEvent.RunEnded))]
[JsonSerializable(typeof(RunEvent.ParentTold))]
internal sealed partial class EventJson : JsonSerializerContext
{
    /// <param name="cache">Where recovered workflows are kept.</param>
    public static EventJson With(WorkflowCache cache) => new(new JsonSerializerOptions(Default.GeneratedSerializerOptions!)
    {
        Converters =
        {
            new JsonStringEnumConverter<SlotStatus>(JsonNamingPolicy.CamelCase),
            new JsonStringEnumConverter<RunStatus>(JsonNamingPolicy.CamelCase),
            new ReferringJson(), new SlotJson(), new DispatchIdJson(), new LimitsJson(), new WorkflowJson(cache), new RunIdJson(),
        },
    });
}
