using Executor.Core.Runs;
using Executor.Core.Tests.Simulation.Engine;

namespace Executor.Core.Tests.Simulation.Parts;

/// <content>How it keeps the row by which it is found, and when it goes.</content>
internal sealed partial class RunShell
{
    private readonly Queue<(DueStep Step, DueRow? Before)> _answers = new();
    private readonly HashSet<Slot> _unknown = [];
    private readonly HashSet<Slot> _takenBack = [];
    private DueHold? _hold;
    private bool _isFresh;

    private bool MayStore =>
        World.Has(Flaw.StoredUnnoticed) || _hold!.MayStore(_run!.Entries, node.Now);

    /// <summary>The guard has a row for it.</summary>
    public void Know(Slot slot) => _unknown.Remove(slot);

    /// <summary>Of an incarnation that lives no more it is not heard.</summary>
    public void Answer(DueStep step, DueRow? before)
    {
        if (_hold is not null)
        {
            _answers.Enqueue((step, before));
        }
    }

    /// <summary>
    /// As the actor does: what is late is taken back first. Its time may be up before the guard has answered.
    /// </summary>
    private void Fire()
    {
        var late = RunEffects.Late(_run!, node.Now).Where(one => _takenBack.Add(one.Slot)).ToList();
        if (late.Count > 0)
        {
            node.Dispatcher.Enqueue(late);
            return;
        }

        _takenBack.Clear();
        _mailbox.Insert(0, new Envelope(new RunCommand.TimeUp(node.Now)));
        Decide(1);
    }

    private void RestIfDone()
    {
        var isDone = _run!.HasEnded || (!_run.HasStarted && _run.Entries > 0 && !_hold!.IsDropping);
        if (isDone && _phase == Phase.Idle && _mailbox.Count == 0)
        {
            Stop();
        }
    }

    /// <summary>All rows of the run are written at once here.</summary>
    private void ForgetIfEnded()
    {
        if (_run!.HasEnded)
        {
            node.Dues.Ask(new DueStep.Forget(World.Run));
        }
    }

    private void HandOn(IEnumerable<RunEffect> effects)
    {
        RunEffect[] all = [.. effects];
        foreach (var effect in all)
        {
            _unknown.Add(effect switch
            {
                RunEffect.Send send => send.Request.Slot,
                RunEffect.Withdraw withdraw => withdraw.Slot,
                RunEffect.Ask ask => ask.Row.Slot,
                _ => throw new InvalidOperationException($"No room for {effect}."),
            });
        }

        HandOver(all);
    }

    private void HandOver(IEnumerable<RunEffect> effects)
    {
        RunEffect[] all = [.. effects];
        node.Dispatcher.Enqueue(all);
        foreach (var ask in all.OfType<RunEffect.Ask>())
        {
            node.People.Enqueue(ask.Row);
        }
    }

    private void WakeUp()
    {
        if (!_run!.HasStarted)
        {
            if (_mailbox.Count == 0 && _batch.TrueForAll(static envelope => envelope.Command is null))
            {
                _hold!.Drop();
            }
        }
        else if (!_isFresh)
        {
            HandOver(World.Has(Flaw.NothingRepeated) ? [] : Rules.Open(_run));
            node.Dues.Ask(World.Has(Flaw.WakeNotHeeded) ? null : _hold!.Doubt());
        }

        _isFresh = false;
    }

    /// <summary>As the actor does: the row is kept; where nothing is to be stored, an empty entry may be wanted.</summary>
    private void LookAhead()
    {
        var isStoring = _phase != Phase.Idle || _mailbox.Exists(static envelope => envelope.Command is not null);
        var wish = _hold!.Next(_run!, _unknown.Count == 0, isStoring, node.Now);
        node.Dues.Ask(wish.Step);
        if (wish.WantsProof && World.Has(Flaw.FarWithoutProof))
        {
            node.Dues.Ask(new DueStep.Move(World.Run, $"{_incarnation}", _run!.NextDue ?? DateTimeOffset.MaxValue));
        }
        else if (wish.WantsProof)
        {
            _entry = [];
            _phase = Phase.Persisting;
        }
    }

    private void Hear()
    {
        var (step, before) = _answers.Dequeue();
        if (!_hold!.Hear(step, before) && !_run!.HasEnded)
        {
            Fall();
        }
        else
        {
            LookAhead();
            RestIfDone();
        }
    }
}
