using System.Collections.Frozen;
using Executor.Core.Runs;

namespace Executor.Actors.Journal;

/// <summary>What each kind of event is called in the journal, for ever: a new shape gets a new name, an old name stays readable.</summary>
internal static class EventNames
{
    private static readonly (Type Type, string Name)[] All =
    [
        (typeof(RunEvent.RunStarted), "runStarted"),
        (typeof(RunEvent.WorkflowFrozen), "workflowFrozen"),
        (typeof(RunEvent.Arrived), "arrived"),
        (typeof(RunEvent.VisitOpened), "visitOpened"),
        (typeof(RunEvent.VisitKept), "visitKept"),
        (typeof(RunEvent.DelayEnded), "delayEnded"),
        (typeof(RunEvent.Held), "held"),
        (typeof(RunEvent.Dispatched), "dispatched"),
        (typeof(RunEvent.ItemFinished), "itemFinished"),
        (typeof(RunEvent.OverdueEnded), "overdueEnded"),
        (typeof(RunEvent.RetryScheduled), "retryScheduled"),
        (typeof(RunEvent.ItemDropped), "itemDropped"),
        (typeof(RunEvent.ItemsDropped), "itemsDropped"),
        (typeof(RunEvent.InnerEnded), "innerEnded"),
        (typeof(RunEvent.VisitEnded), "visitEnded"),
        (typeof(RunEvent.VisitRetried), "visitRetried"),
        (typeof(RunEvent.TransitionFired), "transitionFired"),
        (typeof(RunEvent.ConditionFailed), "conditionFailed"),
        (typeof(RunEvent.ProblemFound), "problemFound"),
        (typeof(RunEvent.RunFailing), "runFailing"),
        (typeof(RunEvent.CancelRequested), "cancelRequested"),
        (typeof(RunEvent.PauseRequested), "pauseRequested"),
        (typeof(RunEvent.RunPaused), "runPaused"),
        (typeof(RunEvent.RunResumed), "runResumed"),
        (typeof(RunEvent.RunTimedOut), "runTimedOut"),
        (typeof(RunEvent.RunEnded), "runEnded"),
        (typeof(RunEvent.ParentTold), "parentTold"),
    ];

    private static readonly FrozenDictionary<Type, string> Names =
        All.ToFrozenDictionary(pair => pair.Type, pair => pair.Name);

    private static readonly FrozenDictionary<string, Type> Types =
        All.ToFrozenDictionary(pair => pair.Name, pair => pair.Type);

    /// <returns>Null when the event is not known here.</returns>
    public static string? NameOf(Type type) => Names.GetValueOrDefault(type);

    /// <returns>Null when the name is not known here.</returns>
    public static Type? TypeOf(string name) => Types.GetValueOrDefault(name);
}
