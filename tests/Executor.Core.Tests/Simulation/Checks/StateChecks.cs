using Executor.Core.Runs;
using Executor.Core.Tests.Simulation.Engine;

namespace Executor.Core.Tests.Simulation.Checks;

/// <summary>What must hold of the run's state after every entry.</summary>
internal static class StateChecks
{
    public static void Check(World world, RunState run)
    {
        if (run is { HasStarted: true, IsPaused: false } && !world.Checks.HasRunEnded && run.InFlight.IsEmpty && world.Build.Rules.Due(run) is null)
        {
            world.Checks.Break("OPEN", $"after entry {run.Entries} the run has not ended and has nothing open");
        }
    }

    /// <summary>Every visit is shown once, and every task that was reached in exactly one list.</summary>
    public static void CheckView(World world, RunState run)
    {
        if (run.Entries != world.Journal.Last || !run.HasStarted)
        {
            return;
        }

        var view = RunView.Of(run);
        var shown = view.Visits.Select(visit => (visit.Task, visit.Visit)).ToList();
        var visits = world.Checks.Journal.Visits.Keys;
        if (shown.Count != visits.Count() || !shown.ToHashSet().SetEquals(visits))
        {
            world.Checks.Break("VIEW", $"after entry {run.Entries} the view shows {string.Join(", ", shown)}");
        }

        var tasks = view.CurrentTasks.Concat(view.CompletedTasks).Concat(view.FailedTasks).Concat(view.SkippedTasks).Order();
        var reached = visits.Select(visit => visit.Task).Distinct().Order();
        if (!tasks.SequenceEqual(reached))
        {
            world.Checks.Break("VIEW", $"after entry {run.Entries} the lists of tasks are {string.Join(", ", tasks)}");
        }
    }

    public static void CheckReplay(World world, RunState live)
    {
        if (live.Entries != world.Journal.Last)
        {
            return;
        }

        var replayed = Replay.Fold(world, 0, world.Build.Rules.New(world.Run));
        if (Sameness.Difference(replayed, live) is { } difference)
        {
            world.Checks.Break("I17", $"after entry {live.Entries} replayed and live state differ in {difference}");
        }

        if (world.Snapshot is { } snapshot
            && Sameness.Difference(Replay.Fold(world, snapshot.Entries, snapshot), live) is { } other)
        {
            world.Checks.Break("I17", $"after entry {live.Entries} the state from a snapshot and the live one differ in {other}");
        }
    }
}
