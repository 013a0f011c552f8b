using Akka.Cluster.Sharding;
using Executor.Actors.Runs;

namespace Executor.Actors.Cluster;

/// <summary>Which run a message is for.</summary>
internal sealed class RunExtractor(int shards) : HashCodeMessageExtractor(shards)
{
    public override string? EntityId(object message) => (message as ForRun)?.Run.Text;

    public override object EntityMessage(object message) => message is ForRun addressed ? addressed.Content : message;
}
