using Executor.Chaos.Evidences;
using Executor.Chaos.Ledgers;
using Executor.Core.Runs;

namespace Executor.Chaos.Checks;

/// <summary>What the actions themselves have written.</summary>
internal static class LedgerChecks
{
    public static IEnumerable<string> StartedOnce(Evidence evidence) => evidence.Ledger
        .Where(line => line.Mark == LedgerMark.Started)
        .GroupBy(line => line.Id)
        .Where(starts => starts.Count() > 1)
        .Select(starts => $"{starts.First().Run} {starts.First().Slot} was started {starts.Count()} times, "
            + $"by {string.Join(" and ", starts.Select(start => $"{start.Worker} at {start.At:HH:mm:ss.fff}"))}");

    public static IEnumerable<string> CompletedRan(Evidence evidence)
    {
        var marks = evidence.Ledger.ToLookup(line => line.Id, line => line.Mark);
        return
            from journal in evidence.Journals
            let withoutBody = journal.OfType<RunEvent.Dispatched>().Where(sent => sent.IsCall || sent.IsQuestion)
                .Select(sent => sent.Slot).ToHashSet()
            from finished in journal.OfType<RunEvent.ItemFinished>()
            where finished.Outcome.Status == SlotStatus.Completed && !withoutBody.Contains(finished.Slot)
            let own = marks[DispatchId.Of(journal.Run, finished.Slot)].ToList()
            let starts = own.Count(mark => mark == LedgerMark.Started)
            let ends = own.Count(mark => mark == LedgerMark.Ended)
            where starts != 1 || ends != 1
            select $"{journal.Run} {finished.Slot} is completed; its body began {starts} times and ended {ends} times";
    }

    public static IEnumerable<string> StartedByDispatch(Evidence evidence)
    {
        var guard = evidence.Guard.ToLookup(row => row.Id);
        return
            from line in evidence.Ledger
            where line.Mark == LedgerMark.Started
            let row = guard[line.Id].FirstOrDefault()
            where row?.ClaimId is null || row.Run != line.Run || row.Slot != line.Slot
            select row is null ? $"{line.Run} {line.Slot} was started without a guard row"
                : row.ClaimId is null ? $"{line.Run} {line.Slot} was started without a claim; its row is {row.Status}"
                : $"{line.Run} {line.Slot} was started under the id of {row.Run} {row.Slot}";
    }
}
