using Executor.Chaos.Evidences;
using Executor.Core.Runs;

namespace Executor.Chaos.Checks;

/// <summary>When all has ended, nothing waits anywhere.</summary>
internal static class LeftoverChecks
{
    public static IEnumerable<string> Nothing(Evidence evidence) =>
    [
        .. evidence.Queues.Where(queue => queue.Ready + queue.Unsettled > 0)
            .Select(queue => $"queue {queue.Name} holds {queue.Ready} waiting and {queue.Unsettled} unsettled messages"),
        .. evidence.Guard.Where(row => row.Status is SlotStatus.Scheduled or SlotStatus.Running || !row.IsClosed)
            .Select(row => $"the guard row of {row.Run} {row.Slot} is {row.Status}{(row.IsClosed ? "" : ", not closed")}"),
        .. evidence.Due.Select(run => $"run {run} is still to be woken"),
    ];
}
