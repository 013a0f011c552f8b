using Executor.Core.Runs;
using Executor.Core.Tests.Simulation.Engine;
using Executor.Core.Tests.Simulation.Tables;

namespace Executor.Core.Tests.Simulation.Parts;

/// <content>One entry, from its writing to what follows from it.</content>
internal sealed partial class RunShell
{
    private void Persist()
    {
        if (Append())
        {
            _phase = Phase.Stored;
        }
        else
        {
            World.Statistics.Fenced++;
            Fail();
        }
    }

    private bool Append() =>
        World.Journal.Append(new JournalLine(_run!.Entries + 1, _entry, node.Index, _incarnation), World.Checks);

    private void Fail()
    {
        if (World.Has(Flaw.FailedPersistTakenAsStored))
        {
            _phase = Phase.Stored;
        }
        else
        {
            Fall();
        }
    }

    private void Fall()
    {
        Stop();
        node.NoteFall();
    }

    /// <summary>Not stored and never could be: the next incarnation gets the commands, each on its own.</summary>
    private void Reject()
    {
        Envelope[] waiting = [.. _batch, .. _mailbox];
        var wasAlone = _batch.Count == 1;
        _batch.ForEach(envelope => envelope.Reject(wasAlone, node.Now));
        HandOver(waiting);
    }

    /// <summary>As the actor does: only who has read the journal after the question denies a run.</summary>
    private void ReadAgain(Envelope denied)
    {
        var place = _batch.IndexOf(denied);
        Envelope[] waiting = [.. _batch[place..], .. _mailbox];
        _batch.RemoveRange(place, _batch.Count - place);
        Reply(_run!);
        HandOver(waiting);
    }

    private void HandOver(Envelope[] waiting)
    {
        _batch.Clear();
        _mailbox.Clear();
        Stop();
        _mailbox.AddRange(waiting);
    }

    private void Act()
    {
        _run = Rules.Evolve(_run!, _entry);
        StoreLate();
        _due = Rules.Due(_run);
        HandOn(Rules.Effects(_run, _entry));
        World.Checks.Evolved(_run);
        Reply(_run);
        _phase = Phase.Idle;
        _hold!.Stored(_run.Entries);
        LookAhead();
        ForgetIfEnded();
        RestIfDone();
    }

    private void Reply(RunState run)
    {
        foreach (var envelope in _batch)
        {
            envelope.Answer(run);
        }

        _batch.Clear();
    }
}
