using Executor.Core.Runs;
using Executor.Core.Tests.Simulation.Engine;

namespace Executor.Core.Tests.Simulation.Parts;

/// <summary>Starts the run, again and again with the same key until it is told that it was accepted; may pause it, and cancel.</summary>
internal sealed class Client(World world) : Part(world)
{
    private enum Code
    {
        Start,
        StartAgain,
        Cancel,
        GiveUp,
        RemindAgain,
        Pause,
        Resume,
    }

    private const int MostRepeats = 2;
    private const int MostPauses = 3;
    private Envelope? _start;
    private int _repeats;
    private bool _hasCancelled;
    private int _pauses;
    private Envelope? _pause;
    private Envelope? _resume;
    private DateTimeOffset _askedAt;
    private DateTimeOffset? _answeredAt;
    private bool _hasReminded;

    public override string Name => "client";

    /// <summary>What the answer was; null while there is none.</summary>
    public Refusal? Refusal => _start?.Refusal;

    public bool IsAccepted => _start is { IsAnswered: true, Refusal: null } && !IsForgettable;

    public bool IsAnswered => _start is { IsAnswered: true };

    /// <summary>Somebody may have looked for the run before it existed, and have found that nothing is due.</summary>
    private bool IsForgettable => !_hasReminded && _answeredAt - _askedAt > ReconcilerShell.Unclaimed / 2;

    public override void Offer(Moves moves)
    {
        if (_resume is { IsAnswered: true })
        {
            (_pause, _resume) = (null, null);
        }

        _answeredAt ??= IsAnswered ? World.Now : null;
        if (_start is null && World.AnyNode() is not null)
        {
            moves.Add(this, (int)Code.Start);
        }
        else if (IsAnswered && IsForgettable)
        {
            moves.Add(this, (int)Code.RemindAgain);
        }
        else if (_start is { IsAnswered: false, IsHopeless: true })
        {
            moves.Add(this, (int)Code.GiveUp);
        }

        // Whoever pauses a run resumes it, and asks again until there is an answer.
        if (_pause is { IsAnswered: true } or { IsLost: true } && _resume is null or { IsLost: true }
            && World.AnyNode() is not null)
        {
            moves.Add(this, (int)Code.Resume);
        }
    }

    public override void OfferRare(Moves moves)
    {
        if (_start is null || World.AnyNode() is null)
        {
            return;
        }

        if (_repeats < MostRepeats)
        {
            moves.Add(this, (int)Code.StartAgain);
        }

        if (World.Profile.Pauses && _pauses < MostPauses && _pause is null && World.Journal.Last > 0)
        {
            moves.Add(this, (int)Code.Pause);
        }

        if (World.Profile.Cancels && !_hasCancelled && World.Journal.Last > 0)
        {
            moves.Add(this, (int)Code.Cancel);
        }
    }

    public override void Do(int code, int arg)
    {
        switch ((Code)code)
        {
            case Code.Start:
                _askedAt = World.Now;
                _start = Ask(StartNow());
                break;
            case Code.StartAgain:
                _repeats++;
                Ask(StartNow());
                break;
            case Code.Cancel:
                _hasCancelled = true;
                Ask(new RunCommand.Cancel("enough", World.Now));
                break;
            case Code.GiveUp:
                _start = null;
                break;
            case Code.Pause:
                _pauses++;
                _pause = Ask(new RunCommand.Pause("wait", World.Now));
                break;
            case Code.Resume:
                _resume = Ask(new RunCommand.Resume(World.Now));
                break;
            case Code.RemindAgain:
                _hasReminded = true;
                Remind();
                break;
        }
    }

    public override string Describe(int code, int arg) => ((Code)code).ToString();

    /// <summary>Before the run exists, so that there is no moment at which it could be forgotten.</summary>
    private RunCommand.Start StartNow()
    {
        Remind();
        var rerun = World.Scenario.Rerun;
        return new(
            World.Scenario.Workflow, World.Scenario.Inputs, World.Scenario.Limits, "key", World.Now, Origin: rerun?.Origin.Id,
            Plan: rerun?.Plan);
    }

    private void Remind() =>
        World.Due = new DueStep.Remind(World.Run, World.Now + ReconcilerShell.Unclaimed).Apply(World.Due);

    private Envelope Ask(RunCommand command) => World.AnyNode()!.Ask(
        new Envelope(command) { IsOfStartedRun = World.Checks.Journal.HasStarted });
}
