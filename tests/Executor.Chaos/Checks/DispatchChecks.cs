using Executor.Chaos.Evidences;
using Executor.Core.Runs;

namespace Executor.Chaos.Checks;

/// <summary>Dispatches in journal, guard and rows.</summary>
internal static class DispatchChecks
{
    public static IEnumerable<string> Unique(Evidence evidence) =>
    [
        .. Twice("journal", evidence.Journals.SelectMany(
            journal => journal.OfType<RunEvent.Dispatched>().Select(sent => (journal.Run, sent.Slot)))),
        .. Twice("guard", evidence.Guard.Select(row => (row.Run, row.Slot))),
        .. Twice("rows", evidence.Executions.Select(row => (row.Run, row.Slot))),
    ];

    /// <remarks>
    /// What the run gave up before it was reserved may have no row, or one that was made as ended and names no entry:
    /// nothing of it was sent. A call or a question has none: no worker can claim it.
    /// </remarks>
    public static IEnumerable<string> GuardIsJournal(Evidence evidence)
    {
        var rows = evidence.Guard.ToLookup(row => row.Id);
        var sent = new HashSet<DispatchId>();
        foreach (var journal in evidence.Journals)
        {
            var givenUp = journal.OfType<RunEvent.ItemFinished>()
                .Where(finished => finished.ByRun).Select(finished => finished.Slot).ToHashSet();
            foreach (var (sequence, happened) in journal.Events)
            {
                if (happened is not RunEvent.Dispatched { IsCall: false, IsQuestion: false } dispatched)
                {
                    continue;
                }

                sent.Add(dispatched.Id);
                var row = rows[dispatched.Id].FirstOrDefault();
                if (row is null && !givenUp.Contains(dispatched.Slot))
                {
                    yield return $"{journal.Run} {dispatched.Slot} was dispatched by entry {sequence} and has no guard row";
                }
                else if (row is not null && row.Entry != sequence && !(row.Entry == 0 && row.ClaimId is null))
                {
                    yield return $"{journal.Run} {dispatched.Slot} was dispatched by entry {sequence}; its guard row says {row.Entry}";
                }
            }
        }

        foreach (var row in evidence.Guard.Where(row => !sent.Contains(row.Id)))
        {
            yield return $"{row.Run} {row.Slot} has a guard row and no dispatch in the journal";
        }
    }

    private static IEnumerable<string> Twice(string where, IEnumerable<(RunId Run, Slot Slot)> slots) => slots
        .GroupBy(slot => slot)
        .Where(same => same.Count() > 1)
        .Select(same => $"{same.Key.Run} {same.Key.Slot} was dispatched {same.Count()} times ({where})");
}
