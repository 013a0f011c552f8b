using Executor.Core.Runs;
using Executor.Core.Values;

namespace Executor.Core.Tests.Simulation.Families;

/// <content>What goes out of runs: to rows, to workers, to other runs.</content>
internal sealed partial class FamilyWorld
{
    private static bool IsReady(Errand errand) =>
        errand.Letter is null or { IsAnswered: true } or { IsLost: true };

    private DueRow? Take(DueStep step)
    {
        var before = _rows.GetValueOrDefault(step.Run);
        if (step.Apply(before) is { } row)
        {
            _rows[step.Run] = row;
        }
        else
        {
            _rows.Remove(step.Run);
        }

        return before;
    }

    private void TakeDue((DueStep Step, Life Life) due)
    {
        var before = Take(due.Step);
        if (due.Step is not (DueStep.Release or DueStep.Forget))
        {
            due.Life.Hear(due.Step, before);
        }
    }

    private void Go(FamilyNode node, Errand errand)
    {
        var isHeard = errand.Letter is { IsAnswered: true };
        errand.Letter = null;
        if (errand.Effect is RunEffect.Call call)
        {
            Call(node, errand, call, isHeard);
        }
        else
        {
            Tell(node, errand, (RunEffect.TellParent)errand.Effect, isHeard);
        }
    }

    private void Call(FamilyNode node, Errand errand, RunEffect.Call call, bool isHeard)
    {
        var remindsFirst = Flaw != FamilyFlaw.StartBeforeRemind;
        if (errand.Phase == (remindsFirst ? 0 : 1))
        {
            Take(new DueStep.Remind(call.Run, Now + Patience));
            errand.Phase++;
            isHeard &= !remindsFirst;
        }
        else if (isHeard && !remindsFirst)
        {
            errand.Phase = 1;
            return;
        }

        if (isHeard || errand.Phase == 2)
        {
            Done(node, errand);
            return;
        }

        if (errand.Phase == (remindsFirst ? 1 : 0))
        {
            errand.Letter = Deliver(call.Run, new Letter(call.ToCommand(Now)));
            if (Flaw == FamilyFlaw.StopToldOnce && call.Stop is not null)
            {
                Done(node, errand);
            }
        }
    }

    private void Tell(FamilyNode node, Errand errand, RunEffect.TellParent tell, bool isHeard)
    {
        if (errand.Phase == 0 && !isHeard)
        {
            if (errand.IsSaid && Flaw == FamilyFlaw.EndToldOnce)
            {
                Done(node, errand);
                return;
            }

            errand.IsSaid = true;
            errand.Letter = Deliver(tell.Parent, new Letter(tell.ToCommand(Now)));
            if (Flaw == FamilyFlaw.HeardBeforeStored)
            {
                errand.Phase = 1;
                errand.Letter = null;
            }

            return;
        }

        if (errand.Phase == 1 && isHeard)
        {
            Done(node, errand);
            return;
        }

        errand.Phase = 1;
        errand.Letter = Deliver(errand.From.Id, new Letter(new RunCommand.HearParent(Now)));
    }

    private static void Done(FamilyNode node, Errand errand)
    {
        node.Errands.Remove(errand);
        errand.From.Know(errand.Key);
    }

    private void HandOn(FamilyNode node, int place)
    {
        var (life, effect) = node.Outgoing[place];
        node.Outgoing.RemoveAt(place);
        var slot = SlotOf(effect);
        if (effect is RunEffect.Ask ask)
        {
            Show(ask.Row);
            life.Know(slot.ToString());
            return;
        }

        var work = _works.Find(known => known.Run == life.Id && known.Slot == slot);
        if (work is null)
        {
            work = new Work(life.Id, slot);
            _works.Add(work);
        }

        if (effect is RunEffect.Withdraw withdraw && (withdraw.StopRunning || _dice.OneIn(2)))
        {
            work.Outcome ??= new ItemOutcome(withdraw.Status, Value.Null);
        }

        life.Know(slot.ToString());
    }

    private void OfferWorks()
    {
        foreach (var work in _works.Where(work => !work.IsClosed))
        {
            if (work.Outcome is not { } outcome)
            {
                _moves.Add(() => work.Outcome = new ItemOutcome(
                    _dice.OneIn(6) ? SlotStatus.Failed : SlotStatus.Completed,
                    Value.Map.Empty.With("by", Value.Of($"{work.Run} {work.Slot}"))));
            }
            else if (work.Told is null or { IsLost: true })
            {
                _moves.Add(() => work.Told = Deliver(
                    work.Run, new Letter(new RunCommand.FinishItem(work.Slot, outcome, Now))));
            }
            else if (work.Told.IsAnswered)
            {
                _moves.Add(() => work.IsClosed = true);
            }
        }
    }
}
