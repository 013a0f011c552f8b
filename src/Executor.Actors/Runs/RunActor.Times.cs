using Akka.Actor;
using Executor.Actors.Recovery;
using Executor.Core.Runs;

namespace Executor.Actors.Runs;

/// <content>What is due, and the row that says so.</content>
public sealed partial class RunActor
{
    private void Fire()
    {
        _timers!.Fired();
        if (_run.NextDue <= _timers.Now)
        {
            Take(new Pending(new RunCommand.TimeUp(_timers.Now), ActorRefs.Nobody, Trace: _trace.Last));
        }
        else
        {
            _timers.Arm(_run.NextDue);
        }
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
}
