using Executor.Chaos.Evidences;
using Executor.Chaos.Ledgers;
using Executor.Core.Runs;

namespace Executor.Chaos.Checks;

/// <summary>Items in flight, as the engine counts them and as the world has seen them.</summary>
internal static class ConcurrencyChecks
{
    public static IEnumerable<string> WithinLimit(Evidence evidence)
    {
        var ledger = evidence.Ledger.ToLookup(line => (line.Run, line.Slot.Task, line.Slot.Visit));
        var deaths = evidence.WorkerLives.Where(life => life.Ended is not null)
            .ToLookup(life => life.Process, life => life.Ended!.Value);
        foreach (var journal in evidence.Journals)
        {
            var limits = journal.OfType<RunEvent.VisitOpened>().Where(opened => opened.Plan?.Items is not null)
                .DistinctBy(opened => (opened.Task, opened.Visit))
                .ToDictionary(opened => (opened.Task, opened.Visit), opened => opened.Plan!.Concurrency);
            foreach (var problem in Engine(journal, limits))
            {
                yield return problem;
            }

            var ends = journal.OfType<RunEvent.ItemFinished>().DistinctBy(end => end.Slot).ToDictionary(end => end.Slot);
            foreach (var ((task, visit), limit) in limits)
            {
                var most = World(ledger[(journal.Run, task, visit)], ends, deaths);
                if (most > limit)
                {
                    yield return $"{journal.Run} {task}/{visit} had {most} bodies at a time; {limit} are allowed";
                }
            }
        }
    }

    /// <summary>An item holds its place from its first dispatch to its last end, waits between attempts included.</summary>
    private static IEnumerable<string> Engine(RunJournal journal, Dictionary<(string Task, int Visit), int> limits)
    {
        var inUse = limits.Keys.ToDictionary(visit => visit, _ => new HashSet<int>());
        foreach (var (sequence, happened) in journal.Events)
        {
            switch (happened)
            {
                case RunEvent.Dispatched { Slot: var slot } when inUse.TryGetValue((slot.Task, slot.Visit), out var items):
                    items.Add(slot.Item);
                    if (items.Count > limits[(slot.Task, slot.Visit)])
                    {
                        yield return $"{journal.Run} {slot} makes {items.Count} items in flight with entry {sequence}; "
                            + $"{limits[(slot.Task, slot.Visit)]} are allowed";
                    }

                    break;
                case RunEvent.ItemFinished { Slot: var slot, Last: true } when inUse.TryGetValue((slot.Task, slot.Visit), out var items):
                    items.Remove(slot.Item);
                    break;
                case RunEvent.ItemDropped { Slot: var slot } when inUse.TryGetValue((slot.Task, slot.Visit), out var items):
                    items.Remove(slot.Item);
                    break;
                default:
                    break;
            }
        }
    }

    /// <remarks>
    /// A body that nobody waits for any more (abandoned, timed out, told to stop) counts until the run knew: its worker
    /// may be frozen, and goes on later.
    /// </remarks>
    private static int World(
        IEnumerable<LedgerLine> lines, Dictionary<Slot, RunEvent.ItemFinished> ends, ILookup<int, DateTimeOffset> deaths)
    {
        var moves = new List<(DateTimeOffset At, int Change)>();
        foreach (var body in lines.GroupBy(line => line.Id))
        {
            if (body.FirstOrDefault(line => line.Mark == LedgerMark.Started) is not { } start)
            {
                continue;
            }

            var until = body.Where(line => line.Mark != LedgerMark.Started).Select(line => line.At)
                .Concat(deaths[start.Worker].Where(death => death >= start.At))
                .Append(DateTimeOffset.MaxValue).Min();
            if (ends.TryGetValue(start.Slot, out var end) && end.At < until
                && end.Outcome.Status is not (SlotStatus.Completed or SlotStatus.Failed))
            {
                until = end.At;
            }

            moves.Add((start.At, 1));
            moves.Add((until < start.At ? start.At : until, -1));
        }

        var (now, most) = (0, 0);
        foreach (var move in moves.OrderBy(move => move.At).ThenBy(move => move.Change))
        {
            now += move.Change;
            most = Math.Max(most, now);
        }

        return most;
    }
}
