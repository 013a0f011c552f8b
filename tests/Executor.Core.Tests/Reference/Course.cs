using Executor.Core.Rehearsing;
using Executor.Core.Runs;
using Executor.Core.Values;
using Executor.Core.Workflows;

namespace Executor.Core.Tests.Reference;

/// <summary>Everything that is known about one run, in plain mutable form.</summary>
internal sealed class Course(WorkflowSpec workflow, RunId run, int maxVisits, DateTimeOffset startedAt)
{
    public const int MaxDepth = 2;

    private DateTimeOffset _now = startedAt;
    private int _completions;

    public Course(WorkflowSpec workflow, Course caller, Item item)
        : this(workflow, RunId.OfCall(DispatchId.Of(caller.Run, item.Slot)), caller.MaxVisits, caller.Now) =>
        (Caller, CalledBy, Root, Depth, Path, Dispatches) = (
            caller, item, caller.Root, caller.Depth + 1, $"{caller.Path}{item.Visit.Task.Name}/", caller.Dispatches);

    /// <summary>Null for the first run.</summary>
    public Course? Caller { get; }

    public Item? CalledBy { get; }

    /// <summary>The first run; what all runs share is kept there.</summary>
    public Course Root { get => field ?? this; }

    public int Depth { get; }

    /// <summary>Before the names of its tasks in a report.</summary>
    public string Path { get; } = "";

    /// <summary>Of the root: which workflow an action names.</summary>
    public Func<string, WorkflowSpec?> Workflows { get; init; } = _ => null;

    /// <summary>Of the root: what attempts are said to do; null when calls are not played.</summary>
    public RehearsalScript? Script { get; init; }

    /// <summary>Of the root: those that were called, in order.</summary>
    public List<Course> Courses { get; } = [];

    /// <summary>Of the root: what workers have of all runs, in the order of dispatch.</summary>
    public List<(Course Course, Item Item)> Out { get; } = [];

    /// <summary>Of the root: ends that are still to be heard.</summary>
    public Queue<(Course Course, Item Item, ItemOutcome Outcome)> Ends { get; } = [];

    public WorkflowSpec Workflow { get; } = workflow;

    public RunId Run { get; } = run;

    public int MaxVisits { get; } = maxVisits;

    public DateTimeOffset StartedAt { get; } = startedAt;

    public DateTimeOffset Now
    {
        get => Root._now;
        set => Root._now = value;
    }

    public Value.Map Inputs { get; set; } = Value.Map.Empty;

    public Value.Map Variables { get; set; } = Value.Map.Empty;

    /// <summary>Of each task: the result of the visit that ended last.</summary>
    public Value.Map Results { get; set; } = Value.Map.Empty;

    /// <summary>Of each task: its visits and rounds by number, also those that are not open.</summary>
    public Dictionary<string, List<Visit>> Rounds { get; } =
        workflow.Tasks.ToDictionary(task => task.Name, _ => new List<Visit>());

    /// <summary>In the order in which they were opened.</summary>
    public List<Visit> Opened { get; } = [];

    /// <summary>Ended, but their transitions are still to be followed.</summary>
    public Queue<Visit> ToFollow { get; } = [];

    /// <summary>Decided, but without a place among those in flight.</summary>
    public List<Item> Line { get; } = [];

    /// <summary>In the order of dispatch.</summary>
    public List<Item> InFlight { get; } = [];

    public List<RehearsedDispatch> Dispatches { get; } = [];

    /// <summary>Of each of its own dispatches: what its task says of workers and time; null where it says nothing.</summary>
    public List<(string? Pool, TimeSpan? Timeout)> Terms { get; } = [];

    public List<(string Code, string? Task)> Problems { get; } = [];

    /// <summary>Completions delivered.</summary>
    public int Completions
    {
        get => Root._completions;
        set => Root._completions = value;
    }

    /// <summary>Nothing starts any more.</summary>
    public bool IsStopping => IsFailing || IsCancelled || IsTimedOut;

    public bool IsFailing { get; set; }

    public bool IsPaused { get; set; }

    /// <summary>Nothing starts, and nothing that has ended is followed.</summary>
    public bool HoldsBack => IsPaused && !IsStopping;

    /// <summary>Visits of which items have ended during the pause; the latest end stands last.</summary>
    public List<Visit> Unfollowed { get; } = [];

    public bool IsCancelled { get; set; }

    /// <summary>Nothing that the workflow makes is kept of its end.</summary>
    public bool IsGivenUp { get; set; }

    public bool IsTimedOut { get; set; }

    /// <summary>It will end failed, but what can go on goes on.</summary>
    public bool IsSpoilt { get; set; }

    public RunStatus Status { get; set; } = RunStatus.Running;

    public Value.Map Output { get; set; } = Value.Map.Empty;

    public bool HasEnded => Status != RunStatus.Running;

    public DateTimeOffset? Deadline => IsCancelled || IsTimedOut ? null
        : new[] { StartedAt + Workflow.Timeout, StartedAt + CalledBy?.Visit.CallTimeout }.Min();

    public IEnumerable<Item> Waiting =>
        Opened.SelectMany(visit => visit.Items).Where(item => item.Stage == ItemStage.Waiting);

    public IEnumerable<Visit> Delayed => Opened.Where(visit => visit.Due is not null);

    /// <summary>Null when nothing is waited for.</summary>
    public DateTimeOffset? NextDue => new[] { HasEnded ? null : Deadline }
        .Concat(Waiting.Select(item => (DateTimeOffset?)item.Due))
        .Concat(Delayed.Select(visit => visit.Due))
        .Min();
}
