using Akka.Actor;
using Executor.Actors.Calls;
using Executor.Actors.Dispatching;
using Executor.Actors.Inquiries;
using Executor.Actors.Recovery;
using Executor.Core;
using Executor.Core.Runs;

namespace Executor.Actors.Runs;

/// <summary>Hands on what a run wants done outside.</summary>
internal sealed class RunOutlet(RunId run, string incarnation, RunRooms rooms)
{
    private readonly DueHold _hold = new(run, incarnation, rooms.StaleAfter);

    /// <summary>What no row tells of: if this node died now, only a look at the run itself would find it.</summary>
    private readonly HashSet<DispatchId> _unknown = [];

    /// <param name="isRepeated">These were handed on before, by this incarnation.</param>
    public void Act(IEnumerable<RunEffect> effects, bool isRepeated = false)
    {
        var (sends, withdrawals) = (new List<RunEffect.Send>(), new List<RunEffect.Withdraw>());
        var others = new List<RunEffect>();
        var questions = new List<InquiryRow>();
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
                case RunEffect.Call call:
                    others.Add(call);
                    Expect(call.Run.ToCall(), isRepeated);
                    break;
                case RunEffect.TellParent tell:
                    others.Add(tell);
                    Expect(run.ToCall(), isRepeated);
                    break;
                case RunEffect.Ask ask:
                    questions.Add(ask.Row);
                    Expect(ask.Row.Id, isRepeated);
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

        if (others.Count > 0)
        {
            rooms.Caller.Tell(new ToOthers(run, others));
        }

        if (questions.Count > 0)
        {
            rooms.Inquiries.Tell(new ToPeople(questions));
        }
    }

    public void Hear(Known known) => _unknown.ExceptWith(known.Ids);

    /// <inheritdoc cref="DueHold.MayStore"/>
    public bool MayStore(long entries, DateTimeOffset now) => _hold.MayStore(entries, now);

    /// <inheritdoc cref="DueHold.Stored"/>
    public void Stored(long entries) => _hold.Stored(entries);

    /// <inheritdoc cref="DueHold.Hear"/>
    public bool Hear(DueAnswer answer) => _hold.Hear(answer.Step, answer.Before);

    /// <summary>The row of the run is kept such that a run which sleeps, or whose node dies, is found in time.</summary>
    /// <returns>Whether an empty entry is to be stored first.</returns>
    public bool KeepDue(RunState state, bool isStoring, DateTimeOffset now)
    {
        var wish = _hold.Next(state, _unknown.Count == 0, isStoring, now);
        Ask(wish.Step);
        return wish.WantsProof;
    }

    /// <inheritdoc cref="DueHold.Doubt"/>
    public void Doubt() => Ask(_hold.Doubt());

    /// <inheritdoc cref="DueHold.Drop"/>
    public void Drop() => _hold.Drop();

    /// <inheritdoc cref="DueHold.IsDropping"/>
    public bool IsDropping => _hold.IsDropping;

    /// <summary>Before the run leaves this place: it need not be woken before it has something to do.</summary>
    public void LetGo(RunState state, DateTimeOffset now) => Ask(_hold.Release(state, _unknown.Count == 0, now));

    private void Ask(DueStep? step)
    {
        if (step is not null)
        {
            rooms.DueKeeper.Tell(step);
        }
    }

    private void Expect(DispatchId id, bool isRepeated)
    {
        if (!isRepeated)
        {
            _unknown.Add(id);
        }
    }
}
