using Executor.Chaos.Evidences;
using Executor.Core.Runs;

namespace Executor.Chaos.Checks;

/// <summary>Ends of attempts.</summary>
internal static class CompletionChecks
{
    public static IEnumerable<string> AppliedOnce(Evidence evidence) =>
        from journal in evidence.Journals
        from ends in journal.OfType<RunEvent.ItemFinished>().GroupBy(finished => finished.Slot)
        where ends.Count() > 1
        select $"{journal.Run} {ends.Key} ended {ends.Count()} times: {string.Join(", ", ends.Select(end => end.Outcome.Status))}";

    public static IEnumerable<string> NoneLost(Evidence evidence)
    {
        var ends = evidence.Journals
            .SelectMany(journal => journal.OfType<RunEvent.ItemFinished>().Select(
                finished => (Id: DispatchId.Of(journal.Run, finished.Slot), finished.Outcome.Status)))
            .DistinctBy(end => end.Id)
            .ToDictionary(end => end.Id, end => end.Status);
        foreach (var row in evidence.Guard)
        {
            if (Differs(ends, row.Id, row.Status) is { } difference)
            {
                yield return $"{row.Run} {row.Slot} is {row.Status} in the guard and {difference} in the journal";
            }
            else if (!row.IsClosed)
            {
                yield return $"{row.Run} {row.Slot} has ended, and its guard row is not closed";
            }
        }

        foreach (var row in evidence.Executions)
        {
            if (Differs(ends, row.Id, row.Status) is { } difference)
            {
                yield return $"{row.Run} {row.Slot} is {row.Status} in its row and {difference} in the journal";
            }
        }

        foreach (var journal in evidence.Journals)
        {
            foreach (var sent in journal.OfType<RunEvent.Dispatched>().Where(sent => !ends.ContainsKey(sent.Id)))
            {
                yield return $"{journal.Run} {sent.Slot} was dispatched and never ended";
            }
        }
    }

    private static string? Differs(Dictionary<DispatchId, SlotStatus> ends, DispatchId id, SlotStatus status) =>
        !ends.TryGetValue(id, out var journaled) ? "not ended"
        : journaled != status ? journaled.ToString()
        : null;
}
