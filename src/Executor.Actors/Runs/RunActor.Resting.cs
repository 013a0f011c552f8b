using Akka.Actor;
using Akka.Cluster.Sharding;
using Executor.Core.Runs;

namespace Executor.Actors.Runs;

/// <content>When it is woken, and when it goes.</content>
public sealed partial class RunActor
{
    private void WakeUp()
    {
        // The first thing a run does is to repeat what is open; the message that woke it asks for nothing more.
        if (!_isFresh && _run.HasStarted)
        {
            _outlet.Doubt();
            Act(RunEffects.Open(_run), isRepeated: true);
        }
        else if (!_run.HasStarted)
        {
            RestUnstarted();
        }

        _isFresh = false;
        Sender.Tell(new Awake(_run.Entries));
        RestIfDone();
    }

    /// <summary>The start that was announced has not come.</summary>
    private void RestUnstarted()
    {
        if (!_writing && _inbox.IsEmpty)
        {
            _outlet.Drop();
            LookAhead();
        }
    }

    private void CheckIdle()
    {
        if (_idle && !_writing && _inbox.IsEmpty)
        {
            Context.Parent.Tell(new Passivate(StopRun.Now));
        }

        _idle = true;
    }

    private void RestIfDone()
    {
        var isDone = _run.IsSettled || (!_run.HasStarted && _run.Entries > 0 && !_outlet.IsDropping);
        if (isDone && !_writing && _inbox.IsEmpty && !_leaving)
        {
            Context.Parent.Tell(new Passivate(StopRun.Now));
        }
    }

    private void Leave()
    {
        _leaving = true;
        if (_rejected || (!_writing && _inbox.IsEmpty))
        {
            StopNow();
        }
    }

    private void StopNow()
    {
        if (!_rejected)
        {
            _outlet.LetGo(_run, _timers!.Now);
        }

        Context.Stop(Self);
    }
}
