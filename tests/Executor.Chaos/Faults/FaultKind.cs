namespace Executor.Chaos.Faults;

/// <summary>What the nemesis can do. The names stand in plans and verdicts.</summary>
internal enum FaultKind
{
    NodeKill,
    NodeFreeze,

    /// <summary>It gets a tenth of a processor.</summary>
    NodeStarved,
    NodeRestart,
    RollingRestart,
    WorkerKill,
    WorkerFreeze,
    WorkerRestart,

    /// <summary>Of two workers, again and again: at each moment in the life of a request.</summary>
    WorkerDeaths,

    /// <summary>While it waits for the answer to a write, which is then carried out or not.</summary>
    NodeDeathWriting,

    DatabaseKill,
    DatabaseRestart,
    DatabaseFreeze,
    DatabaseCut,
    BrokerKill,
    BrokerRestart,
    BrokerCut,
    TasksPurged,
    ResultsPurged,
    ClaimsPurged,

    /// <summary>Restarted again and again.</summary>
    DatabaseFlapping,

    /// <summary>Every write that must reach the disk takes long.</summary>
    DatabaseSlow,

    /// <summary>A standby that every commit has waited for takes the database's place.</summary>
    DatabaseFailover,

    /// <summary>The disk refuses to flush what a node commits: that process panics, and all others end with it.</summary>
    DatabasePanic,

    /// <summary>A node that stands still between a write and its commit holds the numbers of the next entries of runs.</summary>
    EntriesHeld,

    /// <summary>All messages come twice or three times, in any order, some much later.</summary>
    MessagesCopied,

    /// <summary>Messages come that nobody can read.</summary>
    Poisoned,

    /// <summary>Out of memory, as it believes: whoever publishes waits.</summary>
    BrokerAlarm,

    /// <summary>From everything.</summary>
    NodeUnplugged,

    /// <summary>From the other nodes; it reaches database and broker, and so do they.</summary>
    NodePartitioned,

    /// <summary>It does not hear the other nodes, which hear it.</summary>
    NodeDeaf,

    /// <summary>Each node alone; all reach database and broker.</summary>
    NodesApart,

    /// <summary>One second cut off from the other nodes, one second not.</summary>
    NodeFlapping,

    /// <summary>A tenth of all that arrives is lost.</summary>
    NodeLossy,

    NodeWithoutDatabase,
    NodeWithoutBroker,

    /// <summary>The machine of two workers.</summary>
    WorkerWithoutBroker,
}
