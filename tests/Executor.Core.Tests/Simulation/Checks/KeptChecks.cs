using Executor.Core.Runs;
using Executor.Core.Tests.Simulation.Programs;

namespace Executor.Core.Tests.Simulation.Checks;

/// <summary>What a rerun keeps is what its origin did, and is never done again.</summary>
internal sealed class KeptChecks(Repetition? rerun)
{
    private readonly Dictionary<Slot, SlotStatus> _ends = [];
    private readonly HashSet<(string Task, int Visit)> _kept = [];

    public IReadOnlySet<(string Task, int Visit)> Kept => _kept;

    /// <returns>How the attempt ended in the origin; null when it is not kept.</returns>
    public SlotStatus? EndOf(Slot slot) => _ends.TryGetValue(slot, out var status) ? status : null;

    public void Keep(RunEvent.VisitKept kept)
    {
        _kept.Add((kept.Task, kept.Visit));
        foreach (var item in kept.Items)
        {
            var attempt = 1;
            foreach (var status in item.Ends ?? [item.Status])
            {
                _ends[new Slot(kept.Task, kept.Visit, item.Item, attempt++)] = status;
            }
        }
    }

    public void Dispatch(Slot slot, Invariants checks)
    {
        if (_ends.ContainsKey(slot))
        {
            checks.Break("I22", $"{slot} was dispatched, although its end is kept");
        }
    }

    /// <param name="run">The rerun at its end.</param>
    public void CheckAtEnd(RunState run, Invariants checks)
    {
        // A start that no journal takes is given up, and nothing of it is kept.
        foreach (var kept in run.HasStarted ? rerun?.Plan.Kept.OfType<RunEvent.VisitKept>() ?? [] : [])
        {
            if (!_kept.Contains((kept.Task, kept.Visit)))
            {
                checks.Break("I22", $"{kept.Task}/{kept.Visit} is not in the journal as kept");
                continue;
            }

            foreach (var item in kept.Items)
            {
                CheckItem(run, kept, item, checks);
            }
        }
    }

    /// <summary>Of all but the last visit of a task nothing is known in the end; of one that was repeated, something else.</summary>
    private void CheckItem(RunState run, RunEvent.VisitKept kept, KeptItem item, Invariants checks)
    {
        var slot = new Slot(kept.Task, kept.Visit, item.Item, 1);
        if (checks.Journal.IsDispatched(slot))
        {
            checks.Break("I22", $"{slot} was dispatched, although the origin has done it");
        }

        var (now, was) = (run.Visit(kept.Task, kept.Visit)!, rerun!.Origin.Visit(kept.Task, kept.Visit)!);
        if (now.Result is null || was.Scope is null || now.Retries > 0)
        {
            return;
        }

        var place = Math.Max(item.Item, 0);
        var (here, there) = (now.Items[place]!, was.Items[place]!);
        if ((here.Status, here.Result, here.Error, here.Attempt) != (there.Status, there.Result, there.Error, there.Attempt))
        {
            checks.Break("I22", $"item {item.Item} of {kept.Task}/{kept.Visit} is kept as {here}, and was {there}");
        }
    }
}
