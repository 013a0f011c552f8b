namespace Executor.Chaos.Faults;

internal static class FaultKinds
{
    private static readonly TimeSpan Usual = TimeSpan.FromSeconds(15);

    /// <summary>Of a node that has to notice that it is alone, end, start and join again.</summary>
    private static readonly TimeSpan AfterPartition = TimeSpan.FromSeconds(20);

    /// <summary>All nodes have ended, and form the cluster anew.</summary>
    private static readonly TimeSpan OfAll = TimeSpan.FromSeconds(60);

    /// <summary>Whether it takes a node away, or may.</summary>
    public static bool IsOfNodes(this FaultKind kind) =>
        kind is FaultKind.NodeKill or FaultKind.NodeDeathWriting or FaultKind.NodeFreeze or FaultKind.NodeStarved
            or FaultKind.NodeRestart or FaultKind.RollingRestart
            or FaultKind.NodeUnplugged or FaultKind.NodePartitioned or FaultKind.NodeDeaf or FaultKind.NodesApart
            or FaultKind.NodeFlapping or FaultKind.NodeLossy or FaultKind.NodeWithoutDatabase or FaultKind.NodeWithoutBroker;

    /// <summary>Whether there must be cables that can be cut, or addresses by which the database tells nodes apart.</summary>
    public static bool NeedsNetwork(this FaultKind kind) =>
        kind is FaultKind.NodeUnplugged or FaultKind.NodePartitioned or FaultKind.NodeDeaf or FaultKind.NodesApart
            or FaultKind.NodeFlapping or FaultKind.NodeLossy or FaultKind.NodeWithoutDatabase or FaultKind.NodeWithoutBroker
            or FaultKind.WorkerWithoutBroker or FaultKind.NodeDeathWriting;

    /// <summary>How long after its end it still excuses calls that fail.</summary>
    public static TimeSpan Recovery(this FaultKind kind) => kind switch
    {
        FaultKind.NodeUnplugged or FaultKind.NodePartitioned or FaultKind.NodeDeaf or FaultKind.NodeLossy => AfterPartition,
        FaultKind.NodesApart or FaultKind.NodeFlapping => OfAll,
        _ => Usual,
    };
}
