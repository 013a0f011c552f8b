using Akka.Actor;
using Akka.Cluster;
using Akka.Event;
using Akka.Remote;

namespace Executor.Actors.Cluster;

/// <summary>
/// A node that others have removed learns it from them: they refuse to speak with it. It leaves at once, before it takes
/// those few it still hears for the rest of its cluster and goes on beside the real one.
/// </summary>
/// <remarks>One that this node has removed itself says the same, and is not believed.</remarks>
internal sealed class QuarantineWatch : ReceiveActor
{
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly Akka.Cluster.Cluster _cluster = Akka.Cluster.Cluster.Get(Context.System);

    public QuarantineWatch() => Receive<ThisActorSystemQuarantinedEvent>(told => Hear(told.RemoteAddress));

    protected override void PreStart() =>
        Context.System.EventStream.Subscribe(Self, typeof(ThisActorSystemQuarantinedEvent));

    private void Hear(Address from)
    {
        if (_cluster.State.Members.Any(member => member.Address == from && member.Status != MemberStatus.Down))
        {
            _log.Error("node.quarantined: {Member} has removed this node from the cluster; it leaves", from);
            _cluster.Down(_cluster.SelfAddress);
        }
    }
}
