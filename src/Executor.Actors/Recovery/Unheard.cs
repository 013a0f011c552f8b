using Akka.Actor;
using Akka.Event;
using Executor.Actors.Runs;
using Executor.Core.Runs;

namespace Executor.Actors.Recovery;

/// <summary>
/// A run that falls while it reads its journal never hears what has come meanwhile. Whoever sent it is told so at once,
/// and sends it again, instead of waiting for an answer in vain.
/// </summary>
internal sealed class Unheard : ReceiveActor
{
    public Unheard() => Receive<DeadLetter>(letter => IsForRun(letter.Message), letter => letter.Sender.Tell(Postponed.Now));

    protected override void PreStart() => Context.System.EventStream.Subscribe(Self, typeof(DeadLetter));

    private static bool IsForRun(object message) =>
        message is RunCommand or Traced or Alone or Wake or AskReport or AskState;
}
