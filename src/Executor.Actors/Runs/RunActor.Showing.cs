using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster.Sharding;
using Executor.Core.Runs;

namespace Executor.Actors.Runs;

/// <content>What it lets others see.</content>
public sealed partial class RunActor
{
    private void Show()
    {
        _isFresh = false;
        Sender.Tell(new RunIs(_run));
    }

    private void Followed()
    {
        _isFresh = false;
        _followers.Add(Sender, _run);
    }

    private void Report()
    {
        var isFirst = _isFresh;
        _isFresh = false;
        if (_run.HasStarted || _writing || !_inbox.IsEmpty)
        {
            Sender.Tell(RunReport.Of(_run));
        }
        else if (isFirst)
        {
            Sender.Tell(RunReport.Of(_run));
            Context.Parent.Tell(new Passivate(StopRun.Now));
        }
        else
        {
            // Somebody asks for a run that does not exist, or began after the journal was read here.
            HandOver([]);
            Context.Parent.Forward(new ForRun(_run.Id, AskReport.Now));
        }
    }

    private void Publish(RunState before, ImmutableArray<RunEvent> events, bool recovered = false)
    {
        if (_run.HasStarted)
        {
            Context.System.EventStream.Publish(new RunAdvanced(before, _run, events, recovered));
        }
    }
}
