using Akka.Actor;
using Akka.Event;
using Executor.Actors.Batching;
using Executor.Actors.Runs;
using Executor.Actors.Telemetry;
using Executor.Core;
using Executor.Core.Runs;

namespace Executor.Actors.Dispatching;

/// <summary>Sends the requests of all runs of a node: guard row first, then the broker, then the sent mark.</summary>
/// <remarks>
/// Dying between any two of these steps repeats the earlier ones, which is free. Nothing that is dropped here is lost:
/// it stands in its run's state, and the run is woken to repeat it once there is room.
/// </remarks>
public sealed class Dispatcher : BatchingActor<IReadOnlyList<RunEffect.Send>, Dispatcher.Outcome>
{
    private const int MostAtOnce = 500;
    private readonly IDispatchGuard _guard;
    private readonly ITaskQueue _tasks;
    private readonly Lazy<IActorRef> _region;
    private readonly int _room;
    private readonly Queue<RunEffect.Send> _waiting = new();
    private readonly HashSet<RunId> _turnedAway = [];
    private readonly Askers _askers = new();

    /// <param name="room">Requests that may wait in memory.</param>
    public Dispatcher(IDispatchGuard guard, ITaskQueue tasks, Lazy<IActorRef> region, int room)
    {
        _guard = guard;
        _tasks = tasks;
        _region = region;
        _room = room;
        Receive<Outgoing>(Gather);
    }

    protected override IReadOnlyList<RunEffect.Send>? TakeBatch()
    {
        if (_waiting.Count == 0)
        {
            return null;
        }

        var (batch, ids) = (new List<RunEffect.Send>(), new HashSet<DispatchId>());
        var before = _waiting.Count;
        while (batch.Count < MostAtOnce && _waiting.TryDequeue(out var send))
        {
            if (ids.Add(send.Request.Id))
            {
                batch.Add(send);
            }
        }

        EngineGauges.Waiting(_waiting.Count - before);
        return batch;
    }

    protected override void PostStop()
    {
        EngineGauges.Waiting(-_waiting.Count);
        base.PostStop();
    }

    protected override async Task<Outcome> WorkAsync(IReadOnlyList<RunEffect.Send> batch, CancellationToken stop)
    {
        var reservations = batch.Select(ReservationOf).ToArray();
        var reserved = await _guard.ReserveAsync(reservations, stop);
        var unsent = batch.Where((_, place) => reserved[place].State == ReservedState.Unsent).ToArray();
        var conflicts = batch.Where((_, place) => reserved[place].State == ReservedState.Conflict).ToArray();
        if (unsent.Length == 0)
        {
            return new Outcome([], conflicts);
        }

        var confirmed = await _tasks.PublishAsync(unsent.Select(send => send.Request).ToArray(), stop);
        Count(unsent, confirmed);
        var sent = unsent.Where((_, place) => confirmed[place]).Select(send => send.Request.Id).ToArray();
        if (sent.Length > 0)
        {
            await _guard.MarkSentAsync(sent, stop);
        }

        return new Outcome(unsent.Where((_, place) => !confirmed[place]).ToArray(), conflicts);
    }

    protected override void Finished(IReadOnlyList<RunEffect.Send> batch, Outcome done)
    {
        _askers.Tell(batch.Select(send => send.Request.Id));
        foreach (var conflict in done.Conflicts)
        {
            var request = conflict.Request;
            EngineMeter.Conflicts.Add(1);
            Log.Error(
                "guard.conflict: {Slot} of run {RunId} was decided by another entry than {Entry}; it is not sent",
                request.Slot, request.Run, conflict.Entry);
            Context.System.EventStream.Publish(
                new GuardConflict(request.Run, request.Slot, request.Id, conflict.Entry));
        }

        foreach (var sends in done.Unconfirmed.GroupBy(send => send.Request.Run))
        {
            Timers.StartSingleTimer(new object(), new Outgoing(sends.Key, [.. sends]), Patience);
        }

        if (_waiting.Count < _room / 2)
        {
            CallBack();
        }
    }

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private static Reservation ReservationOf(RunEffect.Send send) =>
        new(send.Request.Id, send.Request.Run, send.Request.Slot, send.Entry);

    private static void Count(RunEffect.Send[] unsent, IReadOnlyList<bool> confirmed)
    {
        for (var place = 0; place < unsent.Length; place++)
        {
            if (confirmed[place])
            {
                EngineMeter.Dispatches.Add(1, EngineMeter.Tag("pool", unsent[place].Request.Pool));
            }
            else
            {
                EngineMeter.Unconfirmed.Add(1);
            }
        }
    }

    private void Gather(Outgoing outgoing)
    {
        if (_waiting.Count + outgoing.Sends.Count > _room && _waiting.Count > 0)
        {
            _turnedAway.Add(outgoing.Run);
            return;
        }

        foreach (var send in outgoing.Sends)
        {
            _waiting.Enqueue(send);
            _askers.Add(send.Request.Id, Sender, Self);
        }

        EngineGauges.Waiting(outgoing.Sends.Count);

        Proceed();
    }

    private void CallBack()
    {
        foreach (var run in _turnedAway)
        {
            _region.Value.Tell(new ForRun(run, Wake.Up), ActorRefs.NoSender);
        }

        _turnedAway.Clear();
    }

    /// <param name="Unconfirmed">The broker has not taken them: to be tried again.</param>
    public sealed record Outcome(IReadOnlyList<RunEffect.Send> Unconfirmed, IReadOnlyList<RunEffect.Send> Conflicts);
}
