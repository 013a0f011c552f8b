using Akka.Actor;
using Executor.Actors.Dispatching;
using Executor.Actors.Recovery;
using Executor.Core.Runs;

namespace Executor.Actors.Runs;

/// <content>What is due, and the row that says so.</content>
public sealed partial class RunActor
{
    /// <summary>The guard's word is waited for no longer: without its database nothing is stored either.</summary>
    private static readonly TimeSpan TakeBackPatience = TimeSpan.FromSeconds(10);

    private readonly HashSet<DispatchId> _takenBack = [];
    private readonly HashSet<DispatchId> _takingBack = [];

    private void Fire()
    {
        _timers!.Fired();
        if (_run.NextDue <= _timers.Now)
        {
            TakeBack();
        }
        else
        {
            _timers.Arm(_run.NextDue);
        }
    }

    /// <summary>
    /// Whether a worker has taken what is late only the guard knows: what it takes back is told to the run as any end
    /// before the guard answers, and the time of the rest is up.
    /// </summary>
    private void TakeBack()
    {
        if (_takingBack.Count > 0)
        {
            return;
        }

        var late = RunEffects.Late(_run, _timers!.Now).Where(one => _takenBack.Add(one.Id)).ToList();
        if (late.Count == 0)
        {
            TimeIsUp();
            return;
        }

        _takingBack.UnionWith(late.Select(one => one.Id));
        _rooms.Withdrawer.Tell(new Unwanted(_run.Id, late));
        Timers.StartSingleTimer(nameof(TakeBackLate), TakeBackLate.Instance, TakeBackPatience);
    }

    private void Heard(Known known)
    {
        _outlet.Hear(known);
        if (_takingBack.Overlaps(known.Ids))
        {
            _takingBack.ExceptWith(known.Ids);
            TakeBack();
        }
    }

    private void TimeIsUp()
    {
        _takenBack.Clear();
        _takingBack.Clear();
        Timers.Cancel(nameof(TakeBackLate));
        Take(new Pending(new RunCommand.TimeUp(_timers!.Now), ActorRefs.Nobody, Trace: _trace.Last));
    }

    private void Heard(DueAnswer answer)
    {
        if (!_outlet.Hear(answer) && !_run.IsSettled)
        {
            throw new StaleRunException($"Run {_run.Id} was taken in hand elsewhere after its entry {_run.Entries}.");
        }

        LookAhead();
        Proceed();
        RestIfDone();
    }

    private void LookAhead()
    {
        var wantsProof = _outlet.KeepDue(_run, _writing || !_inbox.IsEmpty, _timers!.Now);
        if (wantsProof && !_leaving)
        {
            // No other incarnation can store an entry after this one without having read it.
            Store([], _run.EndEntry(), []);
        }

        _timers.Arm(_run.NextDue);
    }

    /// <summary>The guard has not answered.</summary>
    private sealed record TakeBackLate
    {
        public static readonly TakeBackLate Instance = new();
    }
}
