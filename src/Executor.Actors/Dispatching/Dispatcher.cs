using Akka.Actor;
using Executor.Actors.Batching;
using Executor.Actors.Configuration;
using Executor.Core;

namespace Executor.Actors.Dispatching;

/// <summary>Sends the requests of all runs of a node, those of each pool by themselves.</summary>
/// <remarks>A pool whose requests the broker does not take has its own waiting, and its own room to wait in.</remarks>
public sealed class Dispatcher : ReceiveActor
{
    private readonly IDispatchGuard _guard;
    private readonly ITaskQueue _tasks;
    private readonly Lazy<IActorRef> _region;
    private readonly int _room;
    private readonly Dictionary<string, IActorRef> _pools = new(StringComparer.Ordinal);
    private long _opened;

    /// <param name="room">Requests of one pool that may wait in memory.</param>
    public Dispatcher(IDispatchGuard guard, ITaskQueue tasks, Lazy<IActorRef> region, int room)
    {
        _guard = guard;
        _tasks = tasks;
        _region = region;
        _room = room;
        Receive<Outgoing>(Divide);
        Receive<PoolDispatcher.Unused>(unused => LetGo(unused.Pool));
        Receive<Drain>(_ => DrainAll());
    }

    private void Divide(Outgoing outgoing)
    {
        foreach (var sends in outgoing.Sends.GroupBy(send => send.Request.Pool, StringComparer.Ordinal))
        {
            PoolOf(sends.Key).Forward(new Outgoing(outgoing.Run, [.. sends]));
        }
    }

    private IActorRef PoolOf(string pool)
    {
        if (!_pools.TryGetValue(pool, out var dispatcher))
        {
            dispatcher = Context.ActorOf(
                Made<PoolDispatcher>.By(() => new PoolDispatcher(pool, _guard, _tasks, _region, _room)),
                $"{Uri.EscapeDataString(pool)}-{++_opened}");
            _pools.Add(pool, dispatcher);
        }

        return dispatcher;
    }

    private void LetGo(string pool)
    {
        if (_pools.Remove(pool, out var dispatcher))
        {
            dispatcher.Tell(PoolDispatcher.Leave.Now);
        }
    }

    private void DrainAll()
    {
        var asker = Sender;
        Task.WhenAll(_pools.Values.Select(pool => pool.Ask<Drained>(Drain.Now)))
            .PipeTo(asker, Self, _ => Drained.Instance);
    }
}
