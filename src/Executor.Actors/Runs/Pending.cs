using Akka.Actor;
using Executor.Core.Runs;

namespace Executor.Actors.Runs;

/// <summary>A command that waits for its decision, and who asked.</summary>
/// <param name="Alone">Its decision is to be an entry of its own.</param>
/// <param name="Trace">The traceparent of what has caused it; null where nothing is traced.</param>
internal readonly record struct Pending(RunCommand Command, IActorRef Sender, bool Alone = false, string? Trace = null)
{
    /// <param name="run">As it is after the decision.</param>
    public Accepted AnswerOf(RunState run, Refusal? refusal) => Command switch
    {
        RunCommand.FinishItem finish => new Accepted(refusal, run.EndOf(finish.Slot)),
        RunCommand.GiveUp { Slot: { } slot } => new Accepted(refusal, run.EndOf(slot)),
        _ => new Accepted(refusal),
    };
}
