using System.Text.Json;
using System.Text.Json.Serialization;
using Executor.Actors.Cluster;
using Executor.Actors.Journal;
using Executor.Actors.Runs;
using Executor.Core.Runs;
using Executor.Core.Values;

namespace Executor.Actors.Wire;

/// <summary>How each message between nodes is written; values, slots and workflows as in the journal.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    GenerationMode = JsonSourceGenerationMode.Metadata,
    IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(RunCommand.Start))]
[JsonSerializable(typeof(RunCommand.FinishItem))]
[JsonSerializable(typeof(RunCommand.TimeUp))]
[JsonSerializable(typeof(RunCommand.Cancel))]
[JsonSerializable(typeof(RunCommand.Pause))]
[JsonSerializable(typeof(RunCommand.Resume))]
[JsonSerializable(typeof(RunCommand.Answer))]
[JsonSerializable(typeof(RunCommand.HearParent))]
[JsonSerializable(typeof(Wake))]
[JsonSerializable(typeof(AskReport))]
[JsonSerializable(typeof(Follow))]
[JsonSerializable(typeof(Accepted))]
[JsonSerializable(typeof(Postponed))]
[JsonSerializable(typeof(Awake))]
[JsonSerializable(typeof(RunReport))]
[JsonSerializable(typeof(Advanced))]
[JsonSerializable(typeof(AskCharter))]
[JsonSerializable(typeof(CharterIs))]
internal sealed partial class WireJson : JsonSerializerContext
{
    /// <param name="cache">Where received workflows are kept.</param>
    public static WireJson With(WorkflowCache cache) => new(new JsonSerializerOptions(Default.GeneratedSerializerOptions!)
    {
        Converters =
        {
            new JsonStringEnumConverter<SlotStatus>(JsonNamingPolicy.CamelCase),
            new JsonStringEnumConverter<RunStatus>(JsonNamingPolicy.CamelCase),
            new ReferringJson(), new SlotJson(), new DispatchIdJson(), new LimitsJson(), new WorkflowJson(cache), new RunIdJson(),
            new RunEventJson(cache),
        },
    });
}
