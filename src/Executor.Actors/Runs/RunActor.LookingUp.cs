using Akka.Actor;
using Executor.Actors.Calls;
using Executor.Core.Runs;
using Executor.Core.Workflows;

namespace Executor.Actors.Runs;

/// <content>What a decision must know first: which workflows its tasks call.</content>
public sealed partial class RunActor
{
    private static readonly TimeSpan LookUpPatience = TimeSpan.FromSeconds(10);

    /// <summary>With the names that are no workflows; a workflow is in the run's state once it is called.</summary>
    private KnownActions _known;

    /// <summary>And with what was found for the command that comes next.</summary>
    private KnownActions _atHand;

    private LookUp? _asked;

    /// <summary>What was decided before it is stored first; then nothing is decided before the answer has come.</summary>
    private void HoldBack(Decision decision, bool isFirst)
    {
        _inbox.PutBack();
        if (isFirst)
        {
            _asked = new LookUp(RootOf(_inbox.Next), decision.Asks);
            AskAgain();
        }
    }

    /// <summary>A run that has not started yet learns its root with its start.</summary>
    private RunId RootOf(Pending pending) =>
        pending.Command is RunCommand.Start { Parent: { } parent } && !_run.HasStarted ? parent.Root : _run.Root;

    private void AskAgain()
    {
        if (_asked is { } what)
        {
            _rooms.Finder.Tell(what);
            Timers.StartSingleTimer(nameof(LookUpLate), LookUpLate.Instance, LookUpPatience);
        }
    }

    private void Heard(LookedUp answer)
    {
        if (_asked is null || answer.Found.Length != _asked.Actions.Length)
        {
            return;
        }

        _asked = null;
        Timers.Cancel(nameof(LookUpLate));
        foreach (var (action, workflow) in answer.Found)
        {
            _atHand = _atHand.With(action, workflow);
            _known = workflow is null ? _known.With(action, null) : _known;
        }

        Proceed();
    }

    /// <summary>The answer was lost.</summary>
    private sealed record LookUpLate
    {
        public static readonly LookUpLate Instance = new();
    }
}
