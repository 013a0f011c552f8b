using Executor.Core;

namespace Executor.Actors;

/// <summary>Everything outside that the actors need.</summary>
public sealed record ActorsPorts(
    IDispatchGuard Guard, IExecutionStore Executions, IWorkflowCatalog Catalog, IDueTimes DueTimes,
    ITaskQueue Tasks, IResultQueue Results, IClaimQueue Claims)
{
    /// <summary>Null: workers are not heard of.</summary>
    public IWorkerBeats? Beats { get; init; }
}
