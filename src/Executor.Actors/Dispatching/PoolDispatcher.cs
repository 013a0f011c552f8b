using Akka.Actor;
using Akka.Event;
using Executor.Actors.Batching;
using Executor.Actors.Runs;
using Executor.Actors.Telemetry;
using Executor.Core;
using Executor.Core.Runs;

namespace Executor.Actors.Dispatching;

/// <summary>Sends the requests of all runs of a node to one pool: guard row first, then the broker, then the sent mark.</summary>
/// <remarks>
/// Dying between any two of these steps repeats the earlier ones, which is free. Nothing that is dropped here is lost:
/// it stands in its run's state, and the run is woken to repeat it once there is room.
/// </remarks>
internal sealed class PoolDispatcher : BatchingActor<IReadOnlyList<RunEffect.Send>, PoolDispatcher.Outcome>
{
    private const int MostAtOnce = 500;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan UnusedFor = TimeSpan.FromMinutes(5);
    private readonly string _pool;
    private readonly IDispatchGuard _guard;
    private readonly ITaskQueue _tasks;
    private readonly Lazy<IActorRef> _region;
    private readonly int _room;
    private readonly Queue<RunEffect.Send> _waiting = new();
    private readonly HashSet<RunId> _turnedAway = [];
    private readonly Askers _askers = new();
    private int _retries;
    private bool _isLeaving;

    /// <param name="room">Requests that may wait in memory.</param>
    public PoolDispatcher(string pool, IDispatchGuard guard, ITaskQueue tasks, Lazy<IActorRef> region, int room)
    {
        _pool = pool;
        _guard = guard;
        _tasks = tasks;
        _region = region;
        _room = room;
        Receive<Outgoing>(Gather);
        Receive<Retry>(retry => GatherAgain(retry.Sends));
        Receive<ReceiveTimeout>(_ => AskToLeave());
        Receive<Leave>(_ => LeaveWhenDone());
        SetReceiveTimeout(UnusedFor);
    }

    private bool IsDone => IsIdle && _waiting.Count == 0 && _retries == 0;

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

        if (done.Unconfirmed.Count > 0)
        {
            _retries++;
            Timers.StartSingleTimer(new object(), new Retry(done.Unconfirmed), Patience);
        }

        if (_waiting.Count < _room / 2)
        {
            CallBack();
        }

        StopIfDone();
    }

    private static Reservation ReservationOf(RunEffect.Send send) =>
        new(send.Request.Id, send.Request.Run, send.Request.Slot, send.Entry, send.Request.Pool);

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
            _askers.Add(send.Request.Id, Sender, Self);
        }

        Enqueue(outgoing.Sends);
    }

    /// <summary>Those that find no room are with their runs, which are called back.</summary>
    private void GatherAgain(IReadOnlyList<RunEffect.Send> sends)
    {
        _retries--;
        var room = Math.Max(0, _room - _waiting.Count);
        _turnedAway.UnionWith(sends.Skip(room).Select(send => send.Request.Run));
        Enqueue([.. sends.Take(room)]);
    }

    private void Enqueue(IReadOnlyList<RunEffect.Send> sends)
    {
        foreach (var send in sends)
        {
            _waiting.Enqueue(send);
        }

        EngineGauges.Waiting(sends.Count);
        Proceed();
    }

    private void AskToLeave()
    {
        if (IsDone)
        {
            Context.Parent.Tell(new Unused(_pool));
        }
    }

    /// <summary>Whatever the parent sent before has come, and nothing more comes from it; but it may not be done.</summary>
    private void LeaveWhenDone()
    {
        _isLeaving = true;
        StopIfDone();
    }

    private void StopIfDone()
    {
        if (_isLeaving && IsDone)
        {
            Context.Stop(Self);
        }
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

    private sealed record Retry(IReadOnlyList<RunEffect.Send> Sends);

    /// <summary>To the parent: nothing has come for long.</summary>
    internal sealed record Unused(string Pool);

    /// <summary>From the parent, which sends nothing more.</summary>
    internal sealed record Leave
    {
        public static readonly Leave Now = new();
    }
}
