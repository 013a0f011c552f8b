using Akka.Actor;
using Executor.Actors.Results;
using Executor.Core.Runs;

namespace Executor.Actors.Runs;

/// <content>
/// Results that are too large for the journal are stored beside it before anything is decided about them. What came
/// before them is decided meanwhile, and what came later waits, so that all is decided in the order in which it came.
/// </content>
public sealed partial class RunActor
{
    private Keep? _keeping;

    /// <summary>What no longer matters is not worth a row.</summary>
    private bool IsLarge(RunCommand command) => command is RunCommand.FinishItem finish
        && !_rooms.Keeper.IsNobody()
        && LargeResult.Is(finish.Outcome.Result, _rooms.InlineResult)
        && _run.IsAwaited(finish.Slot);

    private void KeepLarge()
    {
        if (_keeping is null && _inbox.Large() is { IsEmpty: false } results)
        {
            _keeping = new Keep(_run.Id, results);
            KeepAgain();
        }
    }

    private void KeepAgain()
    {
        if (_keeping is { } what)
        {
            _rooms.Keeper.Tell(what);
            Timers.StartSingleTimer(nameof(KeepLate), KeepLate.Instance, LookUpPatience);
        }
    }

    private void Heard(Kept answer)
    {
        if (answer.What != _keeping)
        {
            return;
        }

        _keeping = null;
        Timers.Cancel(nameof(KeepLate));
        _inbox.Replace(answer.What.Results, answer.Stored);
        KeepLarge();
        Proceed();
    }

    /// <summary>The answer was lost, or the database is slow.</summary>
    private sealed record KeepLate
    {
        public static readonly KeepLate Instance = new();
    }
}
