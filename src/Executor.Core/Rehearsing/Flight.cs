using Executor.Core.Runs;

namespace Executor.Core.Rehearsing;

/// <summary>The attempts that are out, of all runs of a rehearsal, in the order of dispatch.</summary>
internal sealed class Flight
{
    private readonly List<Slot> _slots = [];
    private readonly List<PlayedRun> _runs = [];
    private readonly List<Slot> _asked = [];

    public int Count => _slots.Count;

    /// <summary>As scripts name them.</summary>
    public IReadOnlyList<Slot> Slots => _slots;

    /// <summary>All that were ever out, as scripts name them.</summary>
    public IReadOnlyList<Slot> Asked => _asked;

    public void Add(PlayedRun run, Slot slot)
    {
        _asked.Add(run.Named(slot));
        _slots.Add(run.Named(slot));
        _runs.Add(run);
    }

    public (PlayedRun Run, Slot Named) Take(int place)
    {
        var taken = (_runs[place], _slots[place]);
        _slots.RemoveAt(place);
        _runs.RemoveAt(place);
        return taken;
    }

    /// <returns>False when it is not out.</returns>
    public bool Remove(PlayedRun run, Slot slot)
    {
        var named = run.Named(slot);
        var place = Enumerable.Range(0, Count).FirstOrDefault(at => _runs[at] == run && _slots[at] == named, -1);
        if (place >= 0)
        {
            Take(place);
        }

        return place >= 0;
    }
}
