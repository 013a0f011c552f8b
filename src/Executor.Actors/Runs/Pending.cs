using Akka.Actor;
using Executor.Core.Runs;

namespace Executor.Actors.Runs;

/// <summary>A command that waits for its decision, and who asked.</summary>
/// <param name="Alone">Its decision is to be an entry of its own.</param>
/// <param name="Trace">The traceparent of what has caused it; null where nothing is traced.</param>
/// <param name="IsLarge">It is not decided before its result is stored beside the journal.</param>
/// <param name="IsFirst">This incarnation has heard nothing before it: it has read the journal since this was asked.</param>
/// <param name="Others">Who has asked for the same meanwhile; null when nobody has.</param>
internal readonly record struct Pending(
    RunCommand Command, IActorRef Sender, bool Alone = false, string? Trace = null, bool IsLarge = false,
    bool IsFirst = false, IReadOnlyList<IActorRef>? Others = null)
{
    public IEnumerable<IActorRef> Askers => [Sender, .. Others ?? []];

    /// <param name="run">As it is after the decision.</param>
    public Accepted AnswerOf(RunState run, Refusal? refusal) => Command switch
    {
        RunCommand.FinishItem finish => new Accepted(refusal, run.EndOf(finish.Slot)),
        RunCommand.GiveUp { Slot: { } slot } => new Accepted(refusal, run.EndOf(slot)),
        _ => new Accepted(refusal),
    };
}
