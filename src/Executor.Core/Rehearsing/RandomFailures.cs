using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Executor.Core.Runs;

namespace Executor.Core.Rehearsing;

/// <summary>Lets some attempts end badly that the script lets succeed; the seed and the place alone decide which.</summary>
/// <param name="Share">Of the attempts, 0 to 1.</param>
/// <param name="Tasks">Only of these; empty: of all.</param>
public sealed record RandomFailures(long Seed, double Share, ImmutableHashSet<string> Tasks)
{
    private static readonly ScriptedOutcome[] Kinds =
    [
        new(SlotStatus.Failed, null, "a random failure"),
        new(SlotStatus.Failed, null, "a random failure"),
        new(SlotStatus.Timeout, null, "a random timeout"),
        new(SlotStatus.Abandoned, null, "a random loss of the worker"),
    ];

    /// <returns>Null when the attempt goes as the script says.</returns>
    public ScriptedOutcome? Of(Slot slot)
    {
        if (Share <= 0 || (!Tasks.IsEmpty && !Tasks.Contains(slot.Task)))
        {
            return null;
        }

        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{Seed}/{slot}"));
        var chance = BinaryPrimitives.ReadUInt32BigEndian(hash) / (uint.MaxValue + 1d);
        return chance < Share ? Kinds[hash[4] % Kinds.Length] : null;
    }
}
