using Executor.Core.Runs;

namespace Executor.Core.Tests.Simulation.Families;

/// <content>Somebody pauses a run, mostly the first, and resumes the same.</content>
internal sealed partial class FamilyWorld
{
    private int _pausesLeft;
    private RunId _paused;
    private Letter? _pause;
    private Letter? _resume;

    private void OfferPauses(bool isCalm)
    {
        if (_resume is { IsAnswered: true })
        {
            (_pause, _resume) = (null, null);
        }

        if (_pause is null && _pausesLeft > 0 && !isCalm && _start is { IsAnswered: true })
        {
            _moves.Add(Pause);
        }
        else if (_pause is { IsAnswered: true } or { IsLost: true } && _resume is null or { IsLost: true }
            && (isCalm || _dice.OneIn(5)))
        {
            _moves.Add(() => _resume = Deliver(_paused, new Letter(new RunCommand.Resume(Now))));
        }
    }

    private void Pause()
    {
        _pausesLeft--;
        var runs = Runs.ToList();
        _paused = _dice.OneIn(4) ? runs[_dice.Below(runs.Count)] : Root;
        _pause = Deliver(_paused, new Letter(new RunCommand.Pause("wait", Now)));
    }
}
