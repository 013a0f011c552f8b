using System.Threading.Channels;
using Akka.Actor;
using Executor.Core.Runs;

namespace Executor.Actors.Runs;

/// <summary>Hands what one run stores to a reader outside.</summary>
internal sealed class RunWatcher : ReceiveActor
{
    public RunWatcher(RunId run, ChannelWriter<RunAdvanced> reader) =>
        Receive<RunAdvanced>(advanced => reader.TryWrite(advanced), advanced => advanced.State.Id == run);

    protected override void PreStart() => Context.System.EventStream.Subscribe(Self, typeof(RunAdvanced));

    protected override void Unhandled(object message)
    {
        // Other runs pass by here too.
    }
}
