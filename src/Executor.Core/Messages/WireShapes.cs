using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Executor.Core.Runs;
using Executor.Core.Values;

namespace Executor.Core.Messages;

/// <summary>How each message is written; generated, because reflection would cost each process its start.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(TaskRequest))]
[JsonSerializable(typeof(TaskResult))]
[JsonSerializable(typeof(CancelRequest))]
[JsonSerializable(typeof(ClaimCalls))]
[JsonSerializable(typeof(ClaimAnswers))]
[JsonSerializable(typeof(WorkerBeat))]
internal sealed partial class WireShapes : JsonSerializerContext
{
    // A value may be nested 512 deep, and stands a few levels down in its message.
    private const int MaxDepth = 520;

    public static readonly WireShapes Made = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        IgnoreReadOnlyProperties = true,
        AllowDuplicateProperties = false,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = MaxDepth,
        Converters =
        {
            new JsonStringEnumConverter<SlotStatus>(JsonNamingPolicy.CamelCase, allowIntegerValues: false),
            new WireMap(), new ValueJson(), new WireSlot(), new WireDispatchId(), new WireRunId(), new WireSeconds(),
            new WireClaimAnswer(),
        },
    });
}
