using Akka.Actor;
using Executor.Core.Workflows;

namespace Executor.Actors.Runs;

/// <summary>Where the runs of a node send what they decide.</summary>
/// <param name="Reviver">Hears of runs that stop by themselves; nobody where their parent sees to that.</param>
/// <param name="Node">Stamped on every journal entry.</param>
/// <param name="IdleAfter">A run that nobody wrote to for this long, or twice this long, goes to sleep.</param>
public sealed record RunRooms(
    IActorRef Dispatcher, IActorRef Withdrawer, IActorRef DueKeeper, IActorRef Reviver, string Node, TimeSpan IdleAfter)
{
    /// <summary>A run with something open that the guard does not know yet is looked for after this time.</summary>
    public TimeSpan StaleAfter { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Brings what a run has to say to others.</summary>
    public IActorRef Caller { get; init; } = ActorRefs.Nobody;

    /// <summary>Writes what people are asked where they can see it.</summary>
    public IActorRef Inquiries { get; init; } = ActorRefs.Nobody;

    /// <summary>Knows which workflows are called how.</summary>
    public IActorRef Finder { get; init; } = ActorRefs.Nobody;

    /// <summary>Stores results that are too large for journals; nobody: all stand there.</summary>
    public IActorRef Keeper { get; init; } = ActorRefs.Nobody;

    /// <summary>Fetches the contents of such results.</summary>
    public IActorRef Fetcher { get; init; } = ActorRefs.Nobody;

    /// <summary>Bytes of JSON up to which a result stands in the journal.</summary>
    public int InlineResult { get; init; } = int.MaxValue;

    /// <summary>Schemas and defaults for the visits that open; where there is a finder, workflows can be looked up.</summary>
    public KnownActions Actions { get; init; } = KnownActions.None;
}
