using Akka.Actor;
using Executor.Actors.Dispatching;
using Executor.Actors.Recovery;
using Executor.Core.Runs;

namespace Executor.Actors.Runs;

/// <summary>Hands on what a run wants done outside.</summary>
internal sealed class RunOutlet(RunRooms rooms)
{
    /// <summary>What no row tells of: if this node died now, only a look at the run itself would find it.</summary>
    private readonly HashSet<DispatchId> _unknown = [];

    private DateTimeOffset? _keptDue;

    /// <param name="isRepeated">These were handed on before, by this incarnation.</param>
    public void Act(RunId run, IEnumerable<RunEffect> effects, bool isRepeated = false)
    {
        var (sends, withdrawals) = (new List<RunEffect.Send>(), new List<RunEffect.Withdraw>());
        foreach (var effect in effects)
        {
            switch (effect)
            {
                case RunEffect.Send send:
                    sends.Add(send);
                    Expect(send.Request.Id, isRepeated);
                    break;
                case RunEffect.Withdraw withdraw:
                    withdrawals.Add(withdraw);
                    Expect(withdraw.Id, isRepeated);
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

    public void Hear(Known known) => _unknown.ExceptWith(known.Ids);

    /// <summary>
    /// The stored time may be early but never late, so that a sleeping run is found, and one whose node dies before the
    /// guard knows what the run has decided. A run that has ended stays due until its last row is written: it would rest
    /// with rows that say it still goes on.
    /// </summary>
    public void KeepDue(RunState run, DateTimeOffset now)
    {
        var due = run.HasEnded ? now : _unknown.Count == 0 ? run.NextDue : Earlier(run.NextDue, now + rooms.StaleAfter);
        if (_keptDue is not { } kept || due < kept || (kept <= now && !run.HasEnded))
        {
            Keep(run.Id, due);
        }
    }

    /// <summary>Before an entry with something to send is stored: the time must not be far away once it is.</summary>
    public void KeepSoon(RunId run, IEnumerable<RunEvent> events, DateTimeOffset now)
    {
        if (_keptDue > now + rooms.StaleAfter && events.Any(happened => happened is RunEvent.Dispatched))
        {
            Keep(run, now + rooms.StaleAfter);
        }
    }

    /// <summary>Before the run goes to sleep: it need not be woken earlier than it has something to do.</summary>
    public void KeepLate(RunState run)
    {
        if (_unknown.Count == 0 && !run.HasEnded && _keptDue < run.NextDue)
        {
            Keep(run.Id, run.NextDue);
        }
    }

    private static DateTimeOffset Earlier(DateTimeOffset? one, DateTimeOffset other) =>
        one is { } time && time < other ? time : other;

    private void Expect(DispatchId id, bool isRepeated)
    {
        if (!isRepeated)
        {
            _unknown.Add(id);
        }
    }

    private void Keep(RunId run, DateTimeOffset? due)
    {
        _keptDue = due;
        rooms.DueKeeper.Tell(new KeepDue(run, due));
    }
}
