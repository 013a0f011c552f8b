namespace Executor.Actors.Cluster;

/// <summary>A node does not become a member.</summary>
/// <param name="code">
/// <c>cluster.other</c>: a cluster is alive on the database, and the seeds name none of its nodes. <c>node.removed</c>: its
/// cluster has removed it before it was one of its members.
/// </param>
public sealed class NotAdmittedException(string code, string message) : Exception(message)
{
    public string Code { get; } = code;
}
