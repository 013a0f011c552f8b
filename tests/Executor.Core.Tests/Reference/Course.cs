using Executor.Core.Rehearsing;
using Executor.Core.Runs;
using Executor.Core.Values;
using Executor.Core.Workflows;

namespace Executor.Core.Tests.Reference;

/// <summary>Everything that is known about one run, in plain mutable form.</summary>
internal sealed class Course(WorkflowSpec workflow, RunId run, int maxVisits, DateTimeOffset startedAt)
{
    public WorkflowSpec Workflow { get; } = workflow;

    public RunId Run { get; } = run;

    public int MaxVisits { get; } = maxVisits;

    public DateTimeOffset StartedAt { get; } = startedAt;

    public DateTimeOffset Now { get; set; } = startedAt;

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

    public List<(string Code, string? Task)> Problems { get; } = [];

    /// <summary>Completions delivered.</summary>
    public int Completions { get; set; }

    /// <summary>Nothing starts any more.</summary>
    public bool IsStopping => IsFailing || IsCancelled || IsTimedOut;

    public bool IsFailing { get; set; }

    public bool IsCancelled { get; set; }

    /// <summary>Nothing that the workflow makes is kept of its end.</summary>
    public bool IsGivenUp { get; set; }

    public bool IsTimedOut { get; set; }

    /// <summary>It will end failed, but what can go on goes on.</summary>
    public bool IsSpoilt { get; set; }

    public RunStatus Status { get; set; } = RunStatus.Running;

    public Value.Map Output { get; set; } = Value.Map.Empty;

    public bool HasEnded => Status != RunStatus.Running;

    public DateTimeOffset? Deadline => StartedAt + Workflow.Timeout;

    public IEnumerable<Item> Waiting =>
        Opened.SelectMany(visit => visit.Items).Where(item => item.Stage == ItemStage.Waiting);

    public IEnumerable<Visit> Delayed => Opened.Where(visit => visit.Due is not null);

    /// <summary>Null when nothing is waited for.</summary>
    public DateTimeOffset? NextDue => new[] { HasEnded ? null : Deadline }
        .Concat(Waiting.Select(item => (DateTimeOffset?)item.Due))
        .Concat(Delayed.Select(visit => visit.Due))
        .Min();
}
