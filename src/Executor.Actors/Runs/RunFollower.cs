using System.Threading.Channels;
using Akka.Actor;
using Executor.Core.Runs;

namespace Executor.Actors.Runs;

/// <summary>Hears from a run, wherever it lives, that it has stored something; asks again in time, as runs move and sleep.</summary>
internal sealed class RunFollower : ReceiveActor, IWithTimers
{
    private readonly RunId _run;
    private readonly IActorRef _region;

    public RunFollower(RunId run, IActorRef region, ChannelWriter<Advanced> reader)
    {
        _run = run;
        _region = region;
        Receive<Advanced>(advanced => reader.TryWrite(advanced));
        Receive<Again>(_ => Ask());
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart()
    {
        Timers.StartPeriodicTimer(nameof(Again), Again.Instance, Follow.Lasts / 3);
        Ask();
    }

    private void Ask() => _region.Tell(new ForRun(_run, Follow.Me), Self);

    private sealed record Again
    {
        public static readonly Again Instance = new();
    }
}
