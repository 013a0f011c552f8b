using Akka.Actor;
using Akka.Cluster.Sharding;
using Executor.Actors.Configuration;
using Executor.Actors.Runs;
using Executor.Core.Runs;

namespace Executor.Actors.Cluster;

/// <summary>The runs of a cluster, each at one node at a time.</summary>
internal static class ClusterRuns
{
    private const string TypeName = "runs";

    public static IActorRef Open(ActorSystem system, ClusterOptions options, Func<RunId, Props> props) =>
        ClusterSharding.Get(system).Start(
            TypeName,
            id => props(new RunId(id)),
            ClusterShardingSettings.Create(system),
            new RunExtractor(options.Shards),
            ShardAllocationStrategy.LeastShardAllocationStrategy(absoluteLimit: 20, relativeLimit: 0.2),
            StopRun.Now);

    public static string StatusOf(ActorSystem system) =>
        Akka.Cluster.Cluster.Get(system).SelfMember.Status.ToString().ToLowerInvariant();

    /// <summary>Wakes runs that fell on this node.</summary>
    public static IActorRef OpenReviver(
        ActorSystem system, Lazy<IActorRef> region, TimeSpan firstPause, TimeSpan longestPause) =>
        system.ActorOf(Made<Reviver>.By(() => new Reviver(region, firstPause, longestPause)), "reviver");
}
