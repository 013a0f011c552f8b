using System.Collections.Immutable;
using Akka.Actor;

namespace Executor.Actors.Cluster;

/// <summary>The cluster as one node sees it now.</summary>
/// <param name="Leader">Null while the nodes have not agreed on one.</param>
public sealed record ClusterView(string Self, string? Leader, ImmutableArray<MemberView> Members)
{
    public static ClusterView Of(ActorSystem system)
    {
        var cluster = Akka.Cluster.Cluster.Get(system);
        var state = cluster.State;
        return new ClusterView(
            Place(cluster.SelfAddress), state.Leader is null ? null : Place(state.Leader),
            [
                .. state.Members.Select(member => new MemberView(
                    Place(member.Address), member.Status.ToString().ToLowerInvariant(),
                    !state.Unreachable.Contains(member), [.. member.Roles.Order(StringComparer.Ordinal)])),
            ]);
    }

    private static string Place(Address address) => $"{address.Host}:{address.Port}";
}

/// <param name="Address"><c>host:port</c>.</param>
/// <param name="Status"><c>joining</c>, <c>up</c>, <c>leaving</c>, <c>exiting</c>, <c>down</c>…</param>
public sealed record MemberView(string Address, string Status, bool IsReachable, ImmutableArray<string> Roles);
