using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Executor.Core.Runs;

/// <summary>How the attempts of an item have ended, from the last one back to the first.</summary>
/// <remarks>A chain, so that the end of one more attempt costs the same however many there were.</remarks>
public sealed class AttemptEnds
{
    private static readonly AttemptEnds[] First =
        [.. Enum.GetValues<SlotStatus>().Select(status => new AttemptEnds(status, null))];

    private readonly SlotStatus _status;
    private readonly int _attempt;
    private readonly AttemptEnds? _former;

    private AttemptEnds(SlotStatus status, AttemptEnds? former)
    {
        _status = status;
        _former = former;
        _attempt = former is null ? 1 : former._attempt + 1;
    }

    /// <summary>The first attempt has completed, and none followed.</summary>
    public bool IsPlain => ReferenceEquals(this, First[(int)SlotStatus.Completed]);

    /// <summary>From the first attempt to the last.</summary>
    internal ImmutableArray<SlotStatus> All
    {
        get
        {
            var all = new SlotStatus[_attempt];
            for (var end = this; end is not null; end = end._former)
            {
                all[end._attempt - 1] = end._status;
            }

            return ImmutableCollectionsMarshal.AsImmutableArray(all);
        }
    }

    /// <param name="former">Null when it was the first.</param>
    public static AttemptEnds After(AttemptEnds? former, SlotStatus status) =>
        former is null ? First[(int)status] : new AttemptEnds(status, former);

    /// <returns>Null when this attempt has not ended.</returns>
    public SlotStatus? Of(int attempt)
    {
        var end = this;
        while (end is not null && end._attempt > attempt)
        {
            end = end._former;
        }

        return end?._attempt == attempt ? end._status : null;
    }
}
