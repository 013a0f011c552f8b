using Akka.Actor;
using Executor.Actors.Calls;
using Executor.Actors.Results;
using Executor.Core.Runs;
using Executor.Core.Workflows;

namespace Executor.Actors.Runs;

/// <content>What a decision must know first: which workflows its tasks call, and what large results hold.</content>
public sealed partial class RunActor
{
    private static readonly TimeSpan LookUpPatience = TimeSpan.FromSeconds(10);

    /// <summary>With the names that are no workflows; a workflow is in the run's state once it is called.</summary>
    private KnownActions _known;

    /// <summary>And with what was found for the command that comes next.</summary>
    private KnownActions _atHand;

    private StoredContents _contents = StoredContents.None;

    /// <summary>A <see cref="LookUp"/> or a <see cref="Fetch"/>; null when the next decision has all it needs.</summary>
    private object? _asked;

    /// <summary>What was decided before it is stored first; then nothing is decided before the answer has come.</summary>
    private void HoldBack(Decision decision, bool isFirst)
    {
        _inbox.PutBack();
        if (isFirst)
        {
            _asked = decision.Needs.IsEmpty
                ? new LookUp(RootOf(_inbox.Next), decision.Asks)
                : new Fetch(_run.Id, decision.Needs);
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
            (what is Fetch ? _rooms.Fetcher : _rooms.Finder).Tell(what);
            Timers.StartSingleTimer(nameof(LookUpLate), LookUpLate.Instance, LookUpPatience);
        }
    }

    /// <summary>
    /// Whoever ends or pauses a run need not wait until what it reads is there, which may be lost. A pause still comes after
    /// a waiting word to go on: of the two the later holds.
    /// </summary>
    private bool TryOvertake(Pending pending)
    {
        if (!Overtakes(pending.Command))
        {
            return false;
        }

        _inbox.AddFirst(pending);
        LetBe();
        Proceed();
        return true;
    }

    private bool Overtakes(RunCommand command) => _asked is Fetch && _run.HasStarted && command switch
    {
        RunCommand.Cancel or RunCommand.Start { Stop: not null } => true,
        RunCommand.Pause => !_inbox.Has<RunCommand.Resume>(),
        _ => false,
    };

    /// <summary>Another command is the next now; it or the one after it asks for what it needs itself.</summary>
    private void LetBe()
    {
        _asked = null;
        Timers.Cancel(nameof(LookUpLate));
    }

    private void Heard(LookedUp answer)
    {
        if (_asked is not LookUp asked || answer.Found.Length != asked.Actions.Length)
        {
            return;
        }

        LetBe();
        foreach (var (action, workflow) in answer.Found)
        {
            _atHand = _atHand.With(action, workflow);
            _known = workflow is null ? _known.With(action, null) : _known;
        }

        Proceed();
    }

    private void Heard(Fetched answer)
    {
        if (answer.What != _asked)
        {
            return;
        }

        LetBe();
        foreach (var (result, content) in answer.What.Results.Zip(answer.Contents))
        {
            _contents = _contents.With(result, content);
        }

        Proceed();
    }

    /// <summary>The decision is made: what it had to know first is let go.</summary>
    private void ForgetWhatWasFound() => (_atHand, _contents) = (_known, StoredContents.None);

    /// <summary>The answer was lost.</summary>
    private sealed record LookUpLate
    {
        public static readonly LookUpLate Instance = new();
    }
}
