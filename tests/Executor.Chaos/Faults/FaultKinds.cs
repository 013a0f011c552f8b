namespace Executor.Chaos.Faults;

internal static class FaultKinds
{
    /// <summary>Whether it takes a node away, or may.</summary>
    public static bool IsOfNodes(this FaultKind kind) =>
        kind is FaultKind.NodeKill or FaultKind.NodeFreeze or FaultKind.NodeRestart or FaultKind.RollingRestart;
}
