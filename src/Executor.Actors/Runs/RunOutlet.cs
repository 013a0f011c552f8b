using Akka.Actor;
using Executor.Actors.Dispatching;
using Executor.Actors.Recovery;
using Executor.Core.Runs;

namespace Executor.Actors.Runs;

/// <summary>Hands on what a run wants done outside.</summary>
internal sealed class RunOutlet(RunRooms rooms)
{
    private DateTimeOffset? _keptDue;

    public void Act(RunId run, IEnumerable<RunEffect> effects)
    {
        var (sends, withdrawals) = (new List<RunEffect.Send>(), new List<RunEffect.Withdraw>());
        foreach (var effect in effects)
        {
            switch (effect)
            {
                case RunEffect.Send send:
                    sends.Add(send);
                    break;
                case RunEffect.Withdraw withdraw:
                    withdrawals.Add(withdraw);
                    break;
                default:
                    throw new InvalidOperationException($"No room for {effect}.");
            }
        }

        if (sends.Count > 0)
        {
            rooms.Dispatcher.Tell(new Outgoing(run, sends));
        }

        if (withdrawals.Count > 0)
        {
            rooms.Withdrawer.Tell(new Unwanted(run, withdrawals));
        }
    }

    /// <summary>
    /// The stored time may be early but never late, so that a sleeping run is found. A run that has ended stays due until
    /// its last row is written: it would rest with rows that say it still goes on.
    /// </summary>
    public void KeepDue(RunState run, DateTimeOffset now)
    {
        var due = run.HasEnded ? now : run.NextDue;
        if (_keptDue is not { } kept || due < kept || (kept <= now && !run.HasEnded))
        {
            _keptDue = due;
            rooms.DueKeeper.Tell(new KeepDue(run.Id, due));
        }
    }
}
