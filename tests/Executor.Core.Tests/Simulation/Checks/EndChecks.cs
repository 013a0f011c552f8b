using Executor.Core.Runs;
using Executor.Core.Tests.Simulation.Engine;
using Executor.Core.Tests.Simulation.Parts;
using Executor.Core.Tests.Simulation.Tables;
using Executor.Core.Values;

namespace Executor.Core.Tests.Simulation.Checks;

/// <summary>What must hold when everything has come to rest.</summary>
internal static class EndChecks
{
    public static void Check(World world)
    {
        var journal = world.Checks.Journal;
        foreach (var (slot, entry) in journal.Dispatched)
        {
            if (journal.IsQuestion(slot))
            {
                CheckQuestion(world, slot);
            }
            else
            {
                CheckSlot(world, slot, entry);
            }
        }

        CheckAnswers(world);

        foreach (var line in world.Guard.Lines)
        {
            if (!journal.IsDispatched(line.Slot))
            {
                world.Checks.Break("I2", $"the guard has a row for {line.Slot}, which the journal does not know");
            }
        }

        foreach (var line in world.Ledger.Lines)
        {
            if (!journal.IsDispatched(line.Slot))
            {
                world.Checks.Break("I5", $"{line.Slot} had an effect without a dispatch");
            }
        }

        var run = world.Truth();
        CheckOverdue(world, run);
        StateChecks.CheckReplay(world, run);
        StateChecks.CheckView(world, run);
        ReferenceCheck.Check(world, run);
        journal.Kept.CheckAtEnd(run, world.Checks);
    }

    private static void CheckQuestion(World world, Slot slot)
    {
        if (world.Guard.Find(slot) is not null || world.Ledger.Find(slot) is not null)
        {
            world.Checks.Break("I5", $"the question {slot} went to a worker");
        }

        if (!world.Checks.Journal.Finished.ContainsKey(slot))
        {
            world.Checks.Break("I8", $"the question {slot} was never closed");
        }
    }

    /// <summary>Of each question at most one answer counts, and that is the one in the journal.</summary>
    private static void CheckAnswers(World world)
    {
        foreach (var answer in world.People.Taken)
        {
            if (answer.Response == People.Nonsense)
            {
                world.Checks.Break("I9", $"{answer.By} was told that nonsense answers {answer.Slot}");
            }

            var end = world.Checks.Journal.Finished.GetValueOrDefault(answer.Slot)?.Outcome;
            if (end?.Result is not Value.Map result || !result.TryGet("responded_by", out var by) || by != Value.Of(answer.By))
            {
                world.Checks.Break("I9", $"{answer.By} was told that the answer to {answer.Slot} counts; the journal has {end}");
            }
        }
    }

    /// <summary>Only what has no row could still have to be withdrawn.</summary>
    private static void CheckOverdue(World world, RunState run)
    {
        foreach (var slot in run.Overdue)
        {
            if (world.Guard.Find(slot) is { } line)
            {
                world.Checks.Break("I8", $"each recovery still withdraws {slot}, whose guard row is {line.Status} and closed");
            }
        }
    }

    private static void CheckSlot(World world, Slot slot, long entry)
    {
        var journal = world.Checks.Journal;
        var ledger = world.Ledger.Find(slot);
        var line = world.Guard.Find(slot);
        // What the run ended before it was ever reserved has no row, and needs none: nothing of it was sent.
        var neverSent = line is null && journal.Finished.GetValueOrDefault(slot) is { ByRun: true };
        if (world.Build.HasGuard && !neverSent)
        {
            CheckLine(world, slot, entry, line);
        }

        if (!journal.Finished.TryGetValue(slot, out var finished))
        {
            world.Checks.Break("I8", $"{slot} was dispatched and never ended in the journal");
        }
        else if (finished.Outcome.Status == SlotStatus.Completed && ledger is not { Starts: 1, Ends: 1 })
        {
            world.Checks.Break("I4", $"{slot} is completed; it was started {ledger?.Starts ?? 0} times and ended {ledger?.Ends ?? 0} times");
        }

        if (finished?.Outcome is { Error: SettlingShell.NeverTaken } or { Code: RunCodes.TaskUnschedulable }
            && world.Build.HasGuard && ledger is { Starts: > 0 })
        {
            world.Checks.Break("I8", $"{slot} was withdrawn although a worker had started it");
        }

        if (finished?.Outcome.Status == SlotStatus.Abandoned && world.Statistics.AllFaults == 0)
        {
            world.Checks.Break("I6", $"{slot} was abandoned although nothing was lost");
        }
    }

    private static void CheckLine(World world, Slot slot, long entry, GuardLine? line)
    {
        if (line is null)
        {
            world.Checks.Break("I2", $"{slot} was dispatched by entry {entry} and has no guard row");
        }
        else if (line.Entry != entry && line.Entry != 0)
        {
            world.Checks.Break("I2", $"{slot} was dispatched by entry {entry}, its guard row says {line.Entry}");
        }
        else if (!line.IsClosed)
        {
            world.Checks.Break("I8", $"the guard row of {slot} is still open as {line.Status}");
        }
        else if (world.Checks.Journal.Finished.TryGetValue(slot, out var finished) && line.Status != finished.Outcome.Status)
        {
            world.Checks.Break("I8", $"{slot} is {finished.Outcome.Status} in the journal and {line.Status} in its guard row");
        }
    }
}
