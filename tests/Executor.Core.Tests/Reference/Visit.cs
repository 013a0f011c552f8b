using Executor.Core.Expressions;
using Executor.Core.Runs;
using Executor.Core.Workflows;

namespace Executor.Core.Tests.Reference;

/// <summary>A visit of a task, from its first arrival on; of a join: a round.</summary>
internal sealed class Visit(TaskSpec task, int number)
{
    public TaskSpec Task { get; } = task;

    public int Number { get; } = number;

    /// <summary>Tasks that have arrived.</summary>
    public HashSet<string> Sources { get; } = [];

    /// <summary>Visits that have arrived, whether they opened it or came later.</summary>
    public List<Visit> Parents { get; } = [];

    /// <summary>Enough have arrived.</summary>
    public bool IsOpen { get; set; }

    public bool HasEnded { get; set; }

    public SlotStatus Status { get; set; } = SlotStatus.Running;

    /// <summary>How it ended, as its transitions see it.</summary>
    public Outcome? Outcome { get; set; }

    public bool HasItems => Task.WithItems is not null || Task.IsParallel;

    /// <summary>What it sees of how it came to be; null for entry tasks.</summary>
    public Outcome? Opener { get; set; }

    /// <summary>Its place in the visit of the parallel task around it; null outside of any.</summary>
    public Item? PlaceInside { get; init; }

    /// <summary>Its items are known: it was neither skipped on entry nor failed while it was opened.</summary>
    public bool IsPrepared { get; set; }

    public List<Item> Items { get; } = [];

    public int Concurrency { get; set; } = 1;

    /// <summary>Waited before the first dispatch.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>Of workers that get it; null when the task names none.</summary>
    public string? Pool { get; set; }

    /// <summary>Of each attempt, or run that it calls; null when the task names none.</summary>
    public TimeSpan? CallTimeout { get; set; }

    /// <summary>When the delay is over; null when it is not waited for.</summary>
    public DateTimeOffset? Due { get; set; }

    /// <summary>Code of what went wrong while it was opened; null when nothing did.</summary>
    public string? OpeningError { get; set; }

    /// <summary>How often the command <c>retry</c> has repeated it.</summary>
    public int Commanded { get; set; }

    public bool EndedBadly =>
        Status is SlotStatus.Failed or SlotStatus.Timeout or SlotStatus.Abandoned or SlotStatus.Cancelled;

    public bool IsSelfOrAncestorOf(Visit other)
    {
        var seen = new HashSet<Visit>();
        var open = new Stack<Visit>([other]);
        while (open.TryPop(out var visit))
        {
            if (visit == this)
            {
                return true;
            }

            if (seen.Add(visit))
            {
                visit.Parents.ForEach(open.Push);
            }
        }

        return false;
    }
}
