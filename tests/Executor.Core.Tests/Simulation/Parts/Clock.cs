using Executor.Core.Tests.Simulation.Engine;

namespace Executor.Core.Tests.Simulation.Parts;

/// <summary>Leaps to the next moment at which something is due; never past a worker that could still keep its lease.</summary>
internal sealed class Clock(World world)
{
    /// <summary>With room: a row becomes due, is found by a round, and leads to a look at the journal.</summary>
    private static readonly TimeSpan NoticedWithin = ReconcilerShell.Unclaimed * 3;

    private DateTimeOffset _next;

    public bool TryAdvance()
    {
        if (world.Workers.Any(worker => worker.IsBusyWithLease))
        {
            return false;
        }

        _next = DateTimeOffset.MaxValue;
        foreach (var node in world.Nodes)
        {
            if (!node.IsDead)
            {
                Consider(node.Runs.Due - node.Skew);
                Consider(node.Reconciler.WakeAt());
                Consider(world.Guard.Lines.Count > 0 ? node.ExpiresFrom : null);
            }
        }

        foreach (var line in world.Guard.Lines)
        {
            Consider(ReconcilerShell.Due(line));
        }

        foreach (var worker in world.Workers)
        {
            Consider(worker.NextTime());
        }

        if (_next == DateTimeOffset.MaxValue)
        {
            return false;
        }

        if (world.IsCalm && _next - world.Now > NoticedWithin)
        {
            CheckNothingIsForgotten();
        }

        world.Trace?.Note($"time {world.Now:HH:mm:ss} -> {_next:HH:mm:ss}");
        world.Now = _next;
        return true;
    }

    /// <summary>A long time passes although something is due, or is decided on and known to nobody.</summary>
    private void CheckNothingIsForgotten()
    {
        var run = world.Truth();
        if (run.NextDue + NoticedWithin < _next)
        {
            world.Checks.Stuck($"nobody looks after the run until {_next:HH:mm:ss}; it is due at {run.NextDue:HH:mm:ss}");
        }

        foreach (var open in run.InFlight.Values)
        {
            if (world.Build.HasGuard && world.Guard.Find(open.Dispatched.Slot) is null)
            {
                world.Checks.Stuck($"nobody sends {open.Dispatched.Slot} until {_next:HH:mm:ss}");
            }
        }
    }

    private void Consider(DateTimeOffset? moment)
    {
        if (moment > world.Now && moment < _next)
        {
            _next = moment.Value;
        }
    }
}
