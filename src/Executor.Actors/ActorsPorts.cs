using Executor.Core;

namespace Executor.Actors;

/// <summary>Everything outside that the actors need.</summary>
public sealed record ActorsPorts(
    IDispatchGuard Guard, IExecutionStore Executions, IWorkflowCatalog Catalog, IDueTimes DueTimes,
    ITaskQueue Tasks, IResultQueue Results, IClaimQueue Claims)
{
    /// <summary>Null: workers are not heard of.</summary>
    public IWorkerBeats? Beats { get; init; }

    /// <summary>Where claims that are refused for their sender are written down; null: in the log only.</summary>
    public IAudit? Audit { get; init; }

    /// <summary>Where people find what they are asked; null: nobody is ever asked anything.</summary>
    public IInquiryStore? Inquiries { get; init; }

    /// <summary>Null: no action is a workflow.</summary>
    public IWorkflowFinder? Workflows { get; init; }

    /// <summary>Where large results stand; null: in the journal, as all.</summary>
    public IResultStore? LargeResults { get; init; }

    /// <summary>Every node of a cluster has one; null without a cluster.</summary>
    public IClusterCharter? Charter { get; init; }
}
