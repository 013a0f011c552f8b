using System.Collections.Immutable;
using Executor.Core.Workflows;

namespace Executor.Core.Runs;

/// <summary>A decision in the making: every rule sees the facts that the rules before it have added.</summary>
internal sealed class Draft(RunState run, DateTimeOffset at, KnownActions? actions = null)
{
    private readonly ImmutableArray<RunEvent>.Builder _events = ImmutableArray.CreateBuilder<RunEvent>();
    private readonly Queue<int> _ended = new();
    private readonly HashSet<(int From, int Retries, string To)> _ways = [];
    private readonly SortedSet<string> _asks = new(StringComparer.Ordinal);

    public RunState Run { get; private set; } = run;

    public DateTimeOffset At { get; } = at;

    /// <summary>What is known of actions when a visit opens.</summary>
    public KnownActions Actions { get; } = actions ?? KnownActions.None;

    public void Add(RunEvent happened)
    {
        var kept = ErrorText.In(happened);
        _events.Add(kept);
        Run = Run.Evolve(kept);
    }

    /// <summary>Nothing of what is in the making will be stored, and what waits for a visit to open waits in vain.</summary>
    public bool IsAsking => _asks.Count > 0;

    /// <summary>This must be known first.</summary>
    public void Ask(string action) => _asks.Add(action);

    public void AddProblem(string code, string message, string? task = null, int visit = 0, bool isWarning = false) =>
        Add(new RunEvent.ProblemFound(new RunProblem(code, message, task, isWarning), visit));

    /// <returns>
    /// False when this end of the visit has led there before: naming a target twice is one arrival. One that is repeated
    /// ends once more, be it in the same decision.
    /// </returns>
    public bool FirstWay(TaskVisit from, string to) => _ways.Add((from.Ordinal, from.Retries, to));

    /// <summary>Its transitions are followed when those of the visits that ended before have been.</summary>
    public void FollowLater(TaskVisit ended) => _ended.Enqueue(ended.Ordinal);

    /// <summary>Follows what has ended, and ends the run when nothing is left.</summary>
    public Decision Complete()
    {
        Follow();
        if (_asks.Count > 0)
        {
            return Decision.Nothing with { Asks = [.. _asks] };
        }

        Ending.RunIfDone(this);
        Pausing.RestIfIdle(this);
        return new Decision(_events.DrainToImmutable());
    }

    public void Follow()
    {
        while (_ended.TryDequeue(out var ordinal))
        {
            var handled = Transitions.Follow(this, Run.Visits[ordinal]!);
            Inside.Leave(this, Run.Visits[ordinal]!, handled);
        }
    }
}
