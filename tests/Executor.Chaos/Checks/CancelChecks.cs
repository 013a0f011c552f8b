using Executor.Chaos.Evidences;
using Executor.Chaos.Ledgers;
using Executor.Core.Runs;

namespace Executor.Chaos.Checks;

/// <summary>What a cancel that was answered means.</summary>
internal static class CancelChecks
{
    /// <summary>Between a claim and the body that it allows lies little, but on a busy machine not nothing.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static IEnumerable<string> NothingStarts(Evidence evidence)
    {
        var starts = evidence.Ledger.Where(line => line.Mark == LedgerMark.Started).ToLookup(line => line.Run);
        var journals = evidence.Journals.ToLookup(journal => journal.Run);
        foreach (var offer in evidence.Offers.Where(offer => offer.CancelledAt is not null))
        {
            var run = offer.Answers[0];
            var cancelled = journals[run].SelectMany(journal => journal.OfType<RunEvent.CancelRequested>()).FirstOrDefault();
            if (cancelled is null)
            {
                yield return $"the cancel of {run} was accepted, and its journal has none";
                continue;
            }

            foreach (var late in starts[run].Where(start => start.At > cancelled.At + Patience
                && !evidence.Faults.Any(fault => fault.Begin < start.At && fault.End > cancelled.At - Patience)))
            {
                yield return $"{run} {late.Slot} began {late.At - cancelled.At} after the cancel";
            }
        }
    }
}
