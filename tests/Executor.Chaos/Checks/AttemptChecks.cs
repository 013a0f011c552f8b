using Executor.Chaos.Evidences;
using Executor.Core.Runs;
using Executor.Core.Workflows;

namespace Executor.Chaos.Checks;

/// <summary>Repeats are explicit, within their budget, and have a reason.</summary>
internal static class AttemptChecks
{
    /// <summary>How long before its end the cause of a loss may lie: the lease, and twice more for a machine under load.</summary>
    private static readonly TimeSpan CauseReach = TimeSpan.FromSeconds(60);

    public static IEnumerable<string> Chains(Evidence evidence) =>
        evidence.Journals.SelectMany(journal => OfRun(evidence, journal));

    private static IEnumerable<string> OfRun(Evidence evidence, RunJournal journal)
    {
        if (journal.OfType<RunEvent.RunStarted>().FirstOrDefault() is not { Workflow: var workflow })
        {
            yield break;
        }

        var ends = journal.OfType<RunEvent.ItemFinished>().DistinctBy(end => end.Slot).ToDictionary(end => end.Slot);
        var losses = journal.OfType<RunEvent.RetryScheduled>().Where(retry => retry.WorkerLost).Select(retry => retry.Slot)
            .ToHashSet();
        foreach (var item in journal.OfType<RunEvent.Dispatched>().GroupBy(sent => sent.Slot with { Attempt = 0 }))
        {
            var attempts = item.Select(sent => sent.Slot.Attempt).Distinct().Order().ToList();
            if (!attempts.SequenceEqual(Enumerable.Range(1, attempts.Count)))
            {
                yield return $"{journal.Run} {item.Key} has attempts {string.Join(", ", attempts)}";
            }

            var allowed = 1 + (TaskOf(workflow, item.Key).Retry?.Count ?? 0)
                + attempts.Count(attempt => losses.Contains(item.Key with { Attempt = attempt }));
            if (attempts.Count > allowed)
            {
                yield return $"{journal.Run} {item.Key} has {attempts.Count} attempts; {allowed} are allowed";
            }

            foreach (var former in attempts.SkipLast(1).Select(attempt => item.Key with { Attempt = attempt }))
            {
                if (!ends.TryGetValue(former, out var end)
                    || end.Outcome.Status is not (SlotStatus.Failed or SlotStatus.Timeout or SlotStatus.Abandoned))
                {
                    yield return $"{journal.Run} {former} was repeated, and it {(end is null ? "never ended" : $"is {end.Outcome.Status}")}";
                }
            }
        }

        foreach (var lost in ends.Values.Where(end => end.Outcome.Status == SlotStatus.Abandoned && !HasCause(evidence, end.At)))
        {
            yield return $"{journal.Run} {lost.Slot} was abandoned at {lost.At:HH:mm:ss.fff}, and nothing had happened to cause it";
        }
    }

    private static TaskSpec TaskOf(WorkflowSpec workflow, Slot slot) =>
        workflow.Tasks.Single(task => task.Name == slot.Task);

    private static bool HasCause(Evidence evidence, DateTimeOffset at) =>
        evidence.Faults.Any(fault => fault.Begin < at && fault.End > at - CauseReach);
}
