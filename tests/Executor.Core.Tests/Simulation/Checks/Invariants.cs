using Executor.Core.Runs;
using Executor.Core.Tests.Simulation.Engine;
using Executor.Core.Tests.Simulation.Tables;

namespace Executor.Core.Tests.Simulation.Checks;

/// <summary>Looks at everything that happens; the first violation ends the run.</summary>
internal sealed class Invariants
{
    /// <summary>Folding and comparing costs as much as a whole run.</summary>
    public const int ReplayEvery = 16;

    private readonly World _world;
    private readonly JournalChecks _journal;
    private int _evolutions;

    public Invariants(World world)
    {
        _world = world;
        _journal = new JournalChecks(world, this);
    }

    public Violation? Violation { get; private set; }

    public bool HasRunEnded => _journal.HasEnded;

    public JournalChecks Journal => _journal;

    /// <summary>Broken, but not watched in this build.</summary>
    public HashSet<string> Tolerated { get; } = [];

    public void Break(string invariant, string message)
    {
        if (_world.Build.Watched?.Contains(invariant) == false)
        {
            Tolerated.Add(invariant);
        }
        else
        {
            Violation ??= new Violation(invariant, message);
        }
    }

    public void Stuck(string message) => Break("I7", message);

    /// <summary>A decision that is about to be persisted.</summary>
    public void Appended(JournalLine row) => _journal.Read(row);

    /// <summary>The actor has taken an entry into its state.</summary>
    public void Evolved(RunState run)
    {
        if (!_world.Build.HasFence)
        {
            return;
        }

        StateChecks.Check(_world, run);
        if ((_world.Statistics.Steps + ++_evolutions) % ReplayEvery == 0)
        {
            StateChecks.CheckReplay(_world, run);
            StateChecks.CheckView(_world, run);
        }
    }

    /// <summary>Somebody has been told that there is no such run.</summary>
    public void Denied(Envelope asked)
    {
        if (asked.IsOfStartedRun)
        {
            Break("I29", $"{Wording.Of(asked)} was told that the run has never started, and it had");
        }
    }

    /// <summary>An action has been entered.</summary>
    public void Started(LedgerLine line)
    {
        if (line.Starts > 1)
        {
            Break("I3", $"{line.Slot} was started {line.Starts} times");
        }

        if (!_journal.IsDispatched(line.Slot))
        {
            Break("I5", $"{line.Slot} was started without a journaled dispatch");
        }

        if (_world.Build.HasGuard && _world.Guard.Find(line.Slot) is null)
        {
            Break("I5", $"{line.Slot} was started without a guard row");
        }

        if (_world.Build.HasGuard)
        {
            CheckOpenStarts(line.Slot);
        }
    }

    /// <summary>
    /// A hundred steps a slot and 2,000 more must do once the faults have stopped: what is lost is looked for each minute, for
    /// as long as an hour, and each look repeats all that is open. While an attempt hangs, its lease is renewed
    /// again and again, and what waits for its worker is sent again: the longer the time to its end, the more steps.
    /// </summary>
    public bool IsOutOfPatience(int steps) => steps > (100 * _journal.Dispatched.Count) + _journal.HangingSteps + 2_000;

    public void AtEnd()
    {
        if (!_world.Client.IsAnswered)
        {
            Stuck("the start was never answered");
        }
        else if (_world.Client.IsAccepted && !_journal.HasEnded)
        {
            var open = _journal.Dispatched.Keys.Where(slot => !_journal.Finished.ContainsKey(slot)).Select(Tell);
            Stuck($"the run was accepted and never ended; open are {string.Join(", ", open)}");
        }

        if (Violation is null && _world.Build is { HasFence: true, HasGuard: true })
        {
            EndChecks.Check(_world);
        }
    }

    private string Tell(Slot slot) => _world.Guard.Find(slot) is { } line
        ? $"{slot} {line.Status}{(line.SentAt is null ? "" : " sent")}{(line.IsClosed ? " closed" : "")}"
        : slot.ToString();

    /// <summary>World view of the window: attempts that lost their lease while they only froze do not count.</summary>
    private void CheckOpenStarts(Slot slot)
    {
        if (_journal.Find(slot)?.Window is not { } window)
        {
            return;
        }

        var open = _world.Ledger.Lines.Count(line => line.Open > 0
            && line.Slot.Task == slot.Task
            && line.Slot.Visit == slot.Visit
            && !_journal.Finished.ContainsKey(line.Slot)
            && _world.Guard.Find(line.Slot) is { HasEnded: false });
        if (open > window)
        {
            Break("I10", $"{open} items of {slot.Task}/{slot.Visit} are at work, {window} may be");
        }
    }
}
