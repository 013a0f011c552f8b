using Executor.Core.Runs;

namespace Executor.Core.Tests.Simulation.Checks;

/// <summary>One visit as the journal tells it.</summary>
internal sealed class VisitRecord(RunEvent.VisitOpened opened, long openedBy)
{
    private readonly int _items = opened.Plan?.Count ?? 0;
    private int _lastItem = -1;
    private readonly HashSet<int> _toRepeat = [];
    private bool _isRestDropped;
    private bool _hasStarted;

    public int Window { get; } = opened.Plan?.Concurrency ?? 1;

    /// <summary>End of the delay before the first dispatch.</summary>
    public DateTimeOffset? Due => opened.Due;

    /// <summary>Items decided upon and not ended; a wait for a retry, or for a place in the run, counts.</summary>
    public HashSet<int> InFlight { get; } = [];

    public SlotStatus? End { get; private set; }

    public long EndedBy { get; private set; }

    public void Take(Slot slot, long entry, Invariants checks)
    {
        _hasStarted = true;
        var isRepeated = _toRepeat.Remove(slot.Item);
        if (!InFlight.Add(slot.Item) || isRepeated || slot.Attempt > 1 || slot.Item == Slot.NoItem)
        {
            return;
        }

        if (slot.Item != _lastItem + 1)
        {
            checks.Break("I15", $"item {slot.Item} of {slot.Task}/{slot.Visit} followed item {_lastItem} in entry {entry}");
        }

        _lastItem = slot.Item;
    }

    /// <summary>A task inside a parallel one; the order of these is not looked at.</summary>
    public void TakeAnywhere(int place)
    {
        _hasStarted = true;
        _toRepeat.Remove(place);
        InFlight.Add(place);
        _lastItem = _items - 1;
    }

    /// <summary>What is kept needs no attempt; the rest goes out as if it were repeated.</summary>
    public void Keep(RunEvent.VisitKept kept)
    {
        _hasStarted = true;
        _lastItem = _items - 1;
        _toRepeat.ExceptWith(kept.Items.Select(item => item.Item));
        _toRepeat.UnionWith(kept.Rest is not { } rest ? [] : opened.Plan?.Items is null ? [Slot.NoItem] : rest);
    }

    public void DropRest()
    {
        _isRestDropped = true;
        _toRepeat.Clear();
    }

    public void Close(SlotStatus status, long entry, Invariants checks)
    {
        End = status;
        EndedBy = entry;
        if (InFlight.Count > 0)
        {
            checks.Break("I12", $"{opened.Task}/{opened.Visit} ended with {InFlight.Count} items in flight");
        }
    }

    /// <summary>The engine command <c>retry</c> asks for another attempt, however the one before has ended.</summary>
    public bool IsRepeated { get; private set; }

    public void Reopen(IEnumerable<int> items)
    {
        IsRepeated = true;
        End = null;
        // Each goes out when the window has room for it.
        _toRepeat.UnionWith(items);
    }

    public void CheckAfter(long entry, Invariants checks, JournalChecks journal)
    {
        if (End is not null)
        {
            return;
        }

        if (InFlight.Count > Window)
        {
            checks.Break("I10", $"{InFlight.Count} items of {opened.Task}/{opened.Visit} are in flight after entry {entry}, {Window} may be");
        }

        var isOver = InFlight.Count + _toRepeat.Count == 0 && (_isRestDropped || _lastItem == _items - 1) && (_hasStarted || _isRestDropped);
        if (isOver && opened.Plan?.Items is not null && !journal.HoldsBack)
        {
            checks.Break("I12", $"all items of {opened.Task}/{opened.Visit} had ended by entry {entry}, and the visit did not end in it");
        }

        if (!_hasStarted && openedBy == entry && opened is { Plan: not null, Due: null } && !journal.IsStopping)
        {
            checks.Break("I12", $"{opened.Task}/{opened.Visit} was opened by entry {entry} without anything of it in it");
        }

        if (journal.HasEnded)
        {
            checks.Break("I14", $"the run ended and {opened.Task}/{opened.Visit} did not");
        }
    }
}
