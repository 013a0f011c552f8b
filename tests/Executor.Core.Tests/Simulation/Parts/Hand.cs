using Executor.Core.Messages;
using Executor.Core.Runs;
using Executor.Core.Tests.Simulation.Tables;

namespace Executor.Core.Tests.Simulation.Parts;

/// <summary>In the order of the worker's <see cref="Engine.Point"/>s.</summary>
internal enum HandPhase
{
    Taken,
    Claiming,
    Granted,
    Refused,
    Ready,
    Running,
    Reporting,
    Settling,
}

/// <summary>One request in a worker's hands.</summary>
internal sealed class Hand(Message<TaskRequest> delivery, string claim)
{
    public Message<TaskRequest> Delivery { get; } = delivery;

    public TaskRequest Request => Delivery.Body;

    public Slot Slot => Delivery.Body.Slot;

    /// <summary>Its own for every request taken; dies with the process.</summary>
    public string Claim { get; } = claim;

    public HandPhase Phase { get; set; }

    public string? Token { get; set; }

    /// <summary>When the claim or the last answered renewal was sent, by the worker's own clock.</summary>
    public DateTimeOffset LeaseFrom { get; set; }

    public DateTimeOffset StartedAt { get; set; }

    public ItemOutcome? Outcome { get; set; }

    /// <summary>Renewals since the result went out that still said running.</summary>
    public int StillRunning { get; set; }

    public bool IsToStop { get; set; }

    public bool IsWorking => Phase <= HandPhase.Running;

    /// <summary>A claim under way may have been granted already.</summary>
    public bool MayHoldLease => Phase == HandPhase.Claiming || HoldsLease;

    public bool HoldsLease => Phase is HandPhase.Granted or HandPhase.Ready or HandPhase.Running
        or HandPhase.Reporting or HandPhase.Settling;
}
