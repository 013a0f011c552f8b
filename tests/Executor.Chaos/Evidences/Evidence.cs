using System.Collections.Immutable;
using Executor.Chaos.Deployment;
using Executor.Chaos.Ledgers;
using Executor.Chaos.Processes;
using Executor.Core.Runs;

namespace Executor.Chaos.Evidences;

/// <summary>Everything that is known after a campaign; the checks look at nothing else.</summary>
internal sealed record Evidence
{
    public ImmutableArray<RunJournal> Journals { get; init; } = [];

    public ImmutableArray<GuardLine> Guard { get; init; } = [];

    public ImmutableArray<ExecutionLine> Executions { get; init; } = [];

    public ImmutableArray<RunLine> Runs { get; init; } = [];

    public ImmutableArray<QuestionLine> Questions { get; init; } = [];

    /// <summary>Runs that are to be woken at some time.</summary>
    public ImmutableArray<RunId> Due { get; init; } = [];

    public ImmutableArray<LedgerLine> Ledger { get; init; } = [];

    public ImmutableArray<Offer> Offers { get; init; } = [];

    public ImmutableArray<ApiCall> Calls { get; init; } = [];

    public ImmutableArray<Fault> Faults { get; init; } = [];

    /// <summary>The lives of all workers.</summary>
    public ImmutableArray<Life> WorkerLives { get; init; } = [];

    public ImmutableArray<QueueDepth> Queues { get; init; } = [];

    public ImmutableArray<AuditLine> Audit { get; init; } = [];

    /// <summary>What the API told, during and after.</summary>
    public ImmutableArray<LiveView> Views { get; init; } = [];

    /// <summary>Rows that were seen ended while faults went on.</summary>
    public ImmutableArray<(RunId Run, RunStatus Status)> SeenEnded { get; init; } = [];

    /// <summary>Where something secret was found.</summary>
    public ImmutableArray<string> Leaks { get; init; } = [];

    /// <summary>Nodes that did not come back after a fault, in a sentence each.</summary>
    public ImmutableArray<string> NotBack { get; init; } = [];

    public ImmutableArray<Resources> AfterWarmUp { get; init; } = [];

    public ImmutableArray<Resources> AtRest { get; init; } = [];
}

/// <summary>What one process of the product holds.</summary>
internal sealed record Resources(string Process, long ResidentBytes, int Descriptors, int Threads);
