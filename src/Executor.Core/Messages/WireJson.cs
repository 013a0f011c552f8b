using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Executor.Core.Messages;

/// <summary>The messages between executor and workers as JSON: the only place that knows their shapes.</summary>
/// <remarks>
/// Readers skip members they do not know, so members may be added. A body that lacks one, or contradicts itself, is
/// refused as a whole by <see cref="MalformedMessageException"/>. Durations are seconds, times ISO 8601, an item is null
/// for a task without items.
/// </remarks>
public static class WireJson
{
    /// <summary>Bytes that a body may have at most.</summary>
    public const int BodyLimit = 1024 * 1024;

    public static byte[] Write(TaskRequest request) => Write(request, WireShapes.Made.TaskRequest);

    public static byte[] Write(TaskResult result) => Write(result, WireShapes.Made.TaskResult);

    public static byte[] Write(CancelRequest cancel) => Write(cancel, WireShapes.Made.CancelRequest);

    public static byte[] Write(ClaimCalls calls) => Write(calls, WireShapes.Made.ClaimCalls);

    public static byte[] Write(ClaimAnswers answers) => Write(answers, WireShapes.Made.ClaimAnswers);

    public static byte[] Write(WorkerBeat beat) => Write(beat, WireShapes.Made.WorkerBeat);

    /// <exception cref="MalformedMessageException">Not a request.</exception>
    public static TaskRequest ReadRequest(ReadOnlySpan<byte> utf8)
    {
        var request = Read(utf8, WireShapes.Made.TaskRequest);
        WireChecks.Identity(request.Id, request.Run, request.Slot);
        WireChecks.Filled(request.Action, "action");
        WireChecks.Filled(request.Pool, "pool");
        return request;
    }

    /// <exception cref="MalformedMessageException">Not a result.</exception>
    public static TaskResult ReadResult(ReadOnlySpan<byte> utf8)
    {
        var result = Read(utf8, WireShapes.Made.TaskResult);
        WireChecks.Identity(result.Id, result.Run, result.Slot);
        WireChecks.IsEnd(result.Outcome.Status);
        WireChecks.Filled(result.Worker, "worker");
        return result;
    }

    /// <exception cref="MalformedMessageException">Not a cancel request.</exception>
    public static CancelRequest ReadCancel(ReadOnlySpan<byte> utf8)
    {
        var cancel = Read(utf8, WireShapes.Made.CancelRequest);
        WireChecks.Identity(cancel.Id, cancel.Run, cancel.Slot);
        return cancel;
    }

    /// <exception cref="MalformedMessageException">Not claims and renewals.</exception>
    public static ClaimCalls ReadCalls(ReadOnlySpan<byte> utf8)
    {
        var calls = Read(utf8, WireShapes.Made.ClaimCalls);
        foreach (var claim in calls.Claims)
        {
            WireChecks.Identity(claim.Id, claim.Run, claim.Slot);
            WireChecks.Filled(claim.Worker, "worker");
            WireChecks.Filled(claim.ClaimId, "claimId");
        }

        foreach (var renewal in calls.Renewals)
        {
            WireChecks.Filled(renewal.Worker, "worker");
            WireChecks.Filled(renewal.ClaimId, "claimId");
        }

        return calls;
    }

    /// <exception cref="MalformedMessageException">Not answers.</exception>
    public static ClaimAnswers ReadAnswers(ReadOnlySpan<byte> utf8) => Read(utf8, WireShapes.Made.ClaimAnswers);

    /// <exception cref="MalformedMessageException">Not a worker's sign of life.</exception>
    public static WorkerBeat ReadBeat(ReadOnlySpan<byte> utf8)
    {
        var beat = Read(utf8, WireShapes.Made.WorkerBeat);
        WireBeat.Check(beat);
        return beat;
    }

    private static byte[] Write<T>(T message, JsonTypeInfo<T> shape) =>
        JsonSerializer.SerializeToUtf8Bytes(message, shape);

    private static T Read<T>(ReadOnlySpan<byte> utf8, JsonTypeInfo<T> shape)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(utf8, shape)
                ?? throw new MalformedMessageException($"Expected a {typeof(T).Name}, came null.");
        }
        catch (JsonException wrong)
        {
            throw new MalformedMessageException($"Not a {typeof(T).Name}: {wrong.Message}", wrong);
        }
    }
}
