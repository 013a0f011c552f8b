using Executor.Core.Runs;

namespace Executor.Core.Rehearsing;

/// <summary>What each attempt was made to wait for by a delay or a retry.</summary>
internal sealed class Waits
{
    private readonly Dictionary<(string Task, int Visit), TimeSpan> _delays = [];
    private readonly Dictionary<Slot, TimeSpan> _slots = [];

    public void Note(IEnumerable<RunEvent> entry, DateTimeOffset now)
    {
        var ended = new HashSet<(string Task, int Visit)>();
        foreach (var happened in entry)
        {
            switch (happened)
            {
                case RunEvent.VisitOpened { Due: { } due } opened:
                    _delays[(opened.Task, opened.Visit)] = due - now;
                    break;
                case RunEvent.DelayEnded over:
                    ended.Add((over.Task, over.Visit));
                    break;
                case RunEvent.RetryScheduled retry:
                    _slots[retry.Slot] = retry.Due - now;
                    break;
                case RunEvent.Held { Slot: var slot } when ended.Contains((slot.Task, slot.Visit)):
                    _slots[slot] = _delays[(slot.Task, slot.Visit)];
                    break;
                case RunEvent.Dispatched { Slot: var slot } when ended.Contains((slot.Task, slot.Visit)):
                    _slots[slot] = _delays[(slot.Task, slot.Visit)];
                    break;
                default:
                    break;
            }
        }
    }

    public TimeSpan Of(Slot slot) => _slots.Remove(slot, out var wait) ? wait : TimeSpan.Zero;
}
