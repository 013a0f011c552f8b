using Executor.Chaos.Evidences;
using Executor.Core.Runs;

namespace Executor.Chaos.Checks;

/// <summary>Waits before repeats and before first dispatches.</summary>
internal static class TimerChecks
{
    /// <summary>Far more than a timer is ever late on a busy machine; only one that was forgotten is later.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static IEnumerable<string> InTime(Evidence evidence)
    {
        foreach (var journal in evidence.Journals)
        {
            var sent = journal.OfType<RunEvent.Dispatched>().GroupBy(sent => sent.Slot)
                .ToDictionary(same => same.Key, same => same.First().At);
            var waits = journal.OfType<RunEvent.RetryScheduled>().Select(retry => (retry.Slot, retry.Due))
                .Concat(journal.OfType<RunEvent.VisitOpened>().Where(opened => opened.Due is not null)
                    .Select(opened => (FirstOf(opened), opened.Due!.Value)));
            foreach (var (slot, due) in waits)
            {
                if (!sent.TryGetValue(slot, out var at))
                {
                    continue;
                }

                if (at < due)
                {
                    yield return $"{journal.Run} {slot} was due at {due:HH:mm:ss.ffffff} and went at {at:HH:mm:ss.ffffff}";
                }
                else if (at - due > Patience && !evidence.Faults.Any(fault => fault.Begin < at && fault.End > due - Patience))
                {
                    yield return $"{journal.Run} {slot} was due at {due:HH:mm:ss} and went {at - due} later, although nothing was wrong";
                }
            }
        }
    }

    private static Slot FirstOf(RunEvent.VisitOpened opened) =>
        new(opened.Task, opened.Visit, opened.Plan?.Items is null ? Slot.NoItem : 0, 1);
}
