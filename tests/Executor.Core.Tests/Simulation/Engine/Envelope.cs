using Executor.Core.Runs;
using Executor.Core.Tests.Simulation.Parts;
using Executor.Core.Values;

namespace Executor.Core.Tests.Simulation.Engine;

/// <summary>A command on its way to a run, and what has become of it.</summary>
/// <param name="command">Null only wakes the run, which then repeats its open sends.</param>
internal sealed class Envelope(RunCommand? command)
{
    public RunCommand? Command { get; private set; } = command;

    /// <summary>Its decision is to be an entry of its own: one that held it with others proved unwritable.</summary>
    public bool IsAlone { get; private set; }

    /// <summary>When this was asked the journal held the start of the run.</summary>
    public bool IsOfStartedRun { get; init; }

    /// <summary>Journaled, refused or an empty decision.</summary>
    public bool IsAnswered { get; set; }

    public Refusal? Refusal { get; set; }

    /// <summary>Of an answered end: how the run has written it down.</summary>
    public SlotStatus? Ended { get; set; }

    /// <summary>Nobody will answer it any more: the asker's patience ends.</summary>
    public bool IsLost { get; set; }

    /// <summary>Where it went.</summary>
    public Node? Home { get; set; }

    /// <summary>No answer can come at the moment, so a timeout of the asker is nobody's fault.</summary>
    public bool IsHopeless => IsLost || Home is not { IsUp: true };

    private Slot? Slot => Command switch
    {
        RunCommand.FinishItem finish => finish.Slot,
        RunCommand.GiveUp giveUp => giveUp.Slot,
        RunCommand.Answer answer => answer.Slot,
        _ => null,
    };

    /// <summary>Its result is stored, and only referred to from now on.</summary>
    public void Refer(StoredResult stored)
    {
        var finish = (RunCommand.FinishItem)Command!;
        Command = finish with { Outcome = finish.Outcome with { Result = new Value.Stored(stored) } };
    }

    public void Answer(RunState run)
    {
        Ended = Slot is { } slot ? run.EndOf(slot) : null;
        IsAnswered = true;
    }

    /// <summary>No journal takes what was decided about it.</summary>
    /// <param name="wasAlone">Nothing else was in the entry, so this is what cannot be written.</param>
    public void Reject(bool wasAlone, DateTimeOffset now)
    {
        Command = wasAlone && Command is not null ? new RunCommand.GiveUp(Slot, "no journal takes it", now) : Command;
        IsAlone = true;
    }
}
