namespace Executor.Chaos.Faults;

/// <summary>What the nemesis can do. The names stand in plans and verdicts.</summary>
internal enum FaultKind
{
    NodeKill,
    NodeFreeze,
    NodeRestart,
    RollingRestart,
    WorkerKill,
    WorkerFreeze,
    WorkerRestart,
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
}
