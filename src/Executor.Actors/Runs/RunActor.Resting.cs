using Akka.Actor;
using Akka.Cluster.Sharding;
using Executor.Core.Runs;

namespace Executor.Actors.Runs;

/// <content>When it is woken, when it goes, and when the next incarnation takes over.</content>
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
        if (_isOver || (!_writing && _inbox.IsEmpty))
        {
            StopNow();
        }
    }

    private void StopNow()
    {
        if (!_isOver)
        {
            _outlet.LetGo(_run, _timers!.Now);
        }

        Context.Stop(Self);
    }

    /// <summary>
    /// That a run has never started only who has read the journal after the question may say: since this incarnation
    /// has, another may have started it. Everything else that is refused, or needs no entry, stays so whatever happens.
    /// </summary>
    private static bool IsInDoubt(Pending pending, Decision decision) =>
        decision.Refusal?.Code == RunCodes.RunUnknown && !pending.IsFirst;

    /// <summary>Those before it in the same entry are answered first.</summary>
    private void ReadAgain(bool isFirst)
    {
        _inbox.PutBack();
        if (isFirst)
        {
            HandOver(_inbox.TakeUnanswered());
        }
    }

    /// <summary>This incarnation decides nothing more; the next one gets its commands.</summary>
    private void HandOver(IReadOnlyList<Pending> waiting)
    {
        _isOver = true;
        Context.Parent.Tell(new Passivate(StopRun.Now));
        foreach (var pending in waiting)
        {
            HandOn(pending);
        }
    }

    private void HandOn(Pending pending)
    {
        var command = new ForRun(_run.Id, pending.Alone ? new Alone(pending.Command) : pending.Command, pending.Trace);
        foreach (var asker in pending.Askers)
        {
            Context.Parent.Tell(command, asker);
        }
    }
}
