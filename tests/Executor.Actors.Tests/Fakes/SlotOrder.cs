using Executor.Core.Runs;

namespace Executor.Actors.Tests.Fakes;

/// <summary>Task by ordinal, then visit, item and attempt.</summary>
internal sealed class SlotOrder : IComparer<Slot>
{
    public static readonly SlotOrder Instance = new();

    public int Compare(Slot x, Slot y)
    {
        var byTask = string.CompareOrdinal(x.Task, y.Task);
        return byTask != 0
            ? byTask
            : (x.Visit, x.Item, x.Attempt).CompareTo((y.Visit, y.Item, y.Attempt));
    }
}
