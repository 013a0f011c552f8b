using System.Buffers;
using Executor.Core.Runs;

namespace Executor.Core.Messages;

/// <summary>What a body must say beyond having its members.</summary>
internal static class WireChecks
{
    private const int LongestRunId = 64;
    private static readonly SearchValues<char> RunIdCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    /// <summary>The id is that of the slot, so no message can speak for an attempt it does not name.</summary>
    public static void Identity(DispatchId id, RunId run, Slot slot)
    {
        if (run.Text.Length is 0 or > LongestRunId || run.Text.AsSpan().ContainsAnyExcept(RunIdCharacters))
        {
            throw new MalformedMessageException($"A run is named by 1 to {LongestRunId} characters of [a-z0-9-].");
        }

        if (slot.Task.Length == 0 || slot.Visit < 1 || slot.Item < Slot.NoItem || slot.Attempt < 1)
        {
            throw new MalformedMessageException($"There is no slot {slot} (run {run}).");
        }

        var expected = DispatchId.Of(run, slot);
        if (id != expected)
        {
            throw new MalformedMessageException($"Slot {slot} of run {run} has dispatch id {expected}, not '{id}'.");
        }
    }

    public static void IsEnd(SlotStatus status)
    {
        if (status is not (SlotStatus.Completed or SlotStatus.Failed or SlotStatus.Timeout or SlotStatus.Cancelled
            or SlotStatus.Abandoned))
        {
            throw new MalformedMessageException($"'{status}' is not the end of an attempt.");
        }
    }

    public static void Filled(string text, string member)
    {
        if (text.Length == 0)
        {
            throw new MalformedMessageException($"'{member}' is empty.");
        }
    }
}
