using System.Security.Cryptography;
using Akka.Actor;
using Akka.Configuration;
using Akka.Event;
using Akka.Streams;
using Executor.Actors.Claims;
using Executor.Actors.Tests.Fakes;
using Executor.Core;

namespace Executor.Actors.Tests.Messaging.Rabbit;

/// <summary>The desk of a node over a real queue, with a guard in memory.</summary>
internal sealed class DeskUnderTest : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ActorSystem _system = ActorSystem.Create("desk", ConfigurationFactory.ParseString(
        """
        akka {
          stdout-loglevel = OFF
          loglevel = WARNING
          loggers = []
        }
        """));

    private readonly SharedKillSwitch _stop = KillSwitches.Shared("desk");
    private readonly Inbox _warnings;
    private readonly Task _running;

    public DeskUnderTest(IClaimQueue claims)
    {
        _warnings = Inbox.Create(_system);
        _system.EventStream.Subscribe(_warnings.Receiver, typeof(Warning));
        var log = Logging.GetLogger(_system, typeof(ClaimDesk));
        var token = new ClaimToken(RandomNumberGenerator.GetBytes(32));
        var barred = new BarredClaims(Audit, _system.Scheduler, log);
        _running = new ClaimDesk(claims, Guard, token, TimeSpan.FromSeconds(60), barred, log)
            .RunAsync(_system.Materializer(), _stop);
    }

    public IDispatchGuard Guard { get; } = new InMemoryGuard(TimeProvider.System);

    public InMemoryAudit Audit { get; } = new();

    public string NextWarning() => ((Warning)_warnings.ReceiveWhere(message => message is Warning, Patience)).Message.ToString()!;

    public async ValueTask DisposeAsync()
    {
        _stop.Shutdown();
        await _running.WaitAsync(Patience);
        _warnings.Dispose();
        await _system.Terminate();
    }
}
