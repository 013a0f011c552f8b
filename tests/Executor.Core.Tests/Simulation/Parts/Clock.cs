using Executor.Core.Tests.Simulation.Engine;

namespace Executor.Core.Tests.Simulation.Parts;

/// <summary>Leaps to the next moment at which something is due; never past a worker that could still keep its lease.</summary>
internal sealed class Clock(World world)
{
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

        world.Trace?.Note($"time {world.Now:HH:mm:ss} -> {_next:HH:mm:ss}");
        world.Now = _next;
        return true;
    }

    private void Consider(DateTimeOffset? moment)
    {
        if (moment > world.Now && moment < _next)
        {
            _next = moment.Value;
        }
    }
}
