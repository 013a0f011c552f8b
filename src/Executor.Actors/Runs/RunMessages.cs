using System.Collections.Immutable;
using Executor.Core.Runs;

namespace Executor.Actors.Runs;

/// <summary>The envelope that finds a run, wherever it lives: a <see cref="RunCommand"/>, <see cref="Wake"/> or <see cref="AskState"/>.</summary>
public sealed record ForRun(RunId Run, object Message);

/// <summary>The command is in the journal, or needs no entry, or was refused: it need not come again.</summary>
/// <param name="Ended">Of a FinishItem: how the run has written down that end.</param>
public sealed record Accepted(Refusal? Refusal = null, SlotStatus? Ended = null);

/// <summary>Repeat whatever is open. Answered by <see cref="RunIs"/>.</summary>
public sealed record Wake
{
    public static readonly Wake Up = new();
}

/// <summary>Answered by <see cref="RunIs"/>.</summary>
public sealed record AskState
{
    public static readonly AskState Now = new();
}

public sealed record RunIs(RunState State);

/// <summary>Published on the event stream of the node once an entry is stored, and once after a recovery.</summary>
/// <param name="Events">What led from <paramref name="Before"/> to <paramref name="State"/>; after a recovery all there are.</param>
public sealed record RunAdvanced(RunState Before, RunState State, ImmutableArray<RunEvent> Events);

/// <summary>From its parent: finish what is being written, then stop.</summary>
public sealed record StopRun
{
    public static readonly StopRun Now = new();
}
