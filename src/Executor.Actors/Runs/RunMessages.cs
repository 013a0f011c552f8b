using System.Collections.Immutable;
using Executor.Actors.Wire;
using Executor.Core.Runs;

namespace Executor.Actors.Runs;

/// <summary>The envelope that finds a run, wherever it lives.</summary>
/// <param name="Message">
/// A <see cref="RunCommand"/>, <see cref="Wake"/>, <see cref="AskReport"/>, <see cref="Follow"/>; or
/// <see cref="AskState"/>, which does not leave this process.
/// </param>
/// <param name="Trace">The traceparent of what has caused a command; null where nothing is traced.</param>
public sealed record ForRun(RunId Run, object Message, string? Trace = null) : IWireMessage
{
    /// <summary>As the run itself gets it.</summary>
    internal object Content => (Message, Trace) is (RunCommand command, { } trace) ? new Traced(command, trace) : Message;
}

/// <summary>A command on its last step to its run, within one process.</summary>
internal sealed record Traced(RunCommand Command, string Trace);

/// <summary>The command is in the journal, or needs no entry, or was refused: it need not come again.</summary>
/// <param name="Ended">
/// Of a FinishItem: how the run has written down the end of that attempt, which may be another end than this one, told
/// earlier. Null when it has written none, because what it was told is not an end.
/// </param>
public sealed record Accepted(Refusal? Refusal = null, SlotStatus? Ended = null) : IWireMessage;

/// <summary>
/// The run has stopped with the command in hand, and whether it is stored is not known; or this process does not look
/// after the run. It must come again.
/// </summary>
public sealed record Postponed : IWireMessage
{
    public static readonly Postponed Now = new();
}

/// <summary>Repeat whatever is open. Answered by <see cref="Awake"/>.</summary>
public sealed record Wake : IWireMessage
{
    public static readonly Wake Up = new();
}

/// <param name="Entries">Journal entries so far; 0 when there is no such run.</param>
public sealed record Awake(long Entries) : IWireMessage;

/// <summary>Answered by <see cref="RunReport"/>.</summary>
public sealed record AskReport : IWireMessage
{
    public static readonly AskReport Now = new();
}

/// <summary>
/// From somebody who wants to know when the run has stored something: their address is the sender's, and the wish holds
/// for <see cref="Lasts"/>. Answered by <see cref="Advanced"/>, at once and after each entry.
/// </summary>
public sealed record Follow : IWireMessage
{
    public static readonly Follow Me = new();

    public static readonly TimeSpan Lasts = TimeSpan.FromSeconds(30);
}

/// <summary>A hint that there is something to read in the journal; may be lost.</summary>
/// <param name="Entries">Sequence number of the last entry.</param>
public sealed record Advanced(RunId Run, long Entries, bool HasEnded) : IWireMessage;

/// <summary>Answered by <see cref="RunIs"/>, within one process.</summary>
public sealed record AskState
{
    public static readonly AskState Now = new();
}

public sealed record RunIs(RunState State);

/// <summary>Published on the event stream of the node once an entry is stored, and once after a recovery.</summary>
/// <param name="Before">After a recovery the snapshot it began with, or the state before the first entry.</param>
/// <param name="Events">What led from <paramref name="Before"/> to <paramref name="State"/>.</param>
/// <param name="Recovered">Everything that may not have been made of the journal in a former life can be made of this.</param>
public sealed record RunAdvanced(
    RunState Before, RunState State, ImmutableArray<RunEvent> Events, bool Recovered = false);

/// <summary>From its parent: finish what is being written, then stop.</summary>
public sealed record StopRun
{
    public static readonly StopRun Now = new();
}

/// <summary>From the run's own timer: has anybody written since the last time?</summary>
internal sealed record IdleCheck
{
    public static readonly IdleCheck Instance = new();
}
