using Akka;
using Akka.Actor;
using Akka.Cluster;
using Akka.Event;
using Executor.Core;

namespace Executor.Actors.Cluster;

/// <summary>
/// Keeps the charter of a member's cluster alive. A member whose cluster is no more leaves: another one has been founded
/// while none of its nodes could renew the charter, and nothing may run in both.
/// </summary>
/// <remarks>
/// Who was let in does not know its cluster's id, and asks: what stands in the database may by now be the id of a cluster
/// that has taken the place of this one.
/// </remarks>
internal sealed class CharterKeeper : ReceiveActor, IWithTimers
{
    public const string Name = "charter";
    private static readonly TimeSpan ReleasePatience = TimeSpan.FromSeconds(3);
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly Akka.Cluster.Cluster _cluster = Akka.Cluster.Cluster.Get(Context.System);
    private readonly IClusterCharter _charter;
    private readonly string _self;
    private readonly TimeSpan _every;
    private readonly int _patience;
    private string? _id;
    private int _asked;
    private bool _isRenewing;
    private bool _saidAlone;
    private bool _isClosed;

    /// <param name="self">This node, as it names itself in the charter.</param>
    /// <param name="patience">So many beats may pass until somebody says the id.</param>
    /// <param name="id">Null: it was let in by others.</param>
    public CharterKeeper(IClusterCharter charter, string self, TimeSpan every, int patience, string? id)
    {
        _charter = charter;
        _self = self;
        _every = every;
        _patience = patience;
        _id = id;
        _saidAlone = id is not null;
        Receive<Beat>(_ => DoBeat());
        Receive<ClusterEvent.IMemberEvent>(_ => HearOfMember());
        Receive<AskCharter>(_ => Answer());
        Receive<CharterIs>(told => Learn(told.Id));
        Receive<Renewed>(Hear);
        Receive<Missed>(Hear);
        Receive<Release>(_ => Close());
    }

    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>A member that nobody remains after takes the charter with it, so that the next start need not wait.</summary>
    public static void ReleasesAtTheEnd(ActorSystem system, IActorRef keeper)
    {
        var shutdown = CoordinatedShutdown.Get(system);
        // Here nothing of this node runs any more, and it still knows who the others are.
        shutdown.AddTask(CoordinatedShutdown.PhaseClusterLeave, "release-charter", async () =>
        {
            if (shutdown.ShutdownReason is not CoordinatedShutdown.ClusterDowningReason)
            {
                await keeper.Ask<Done>(Release.Now, ReleasePatience);
            }

            return Done.Instance;
        });
    }

    protected override void PreStart()
    {
        Timers.StartPeriodicTimer(Beat.Now, Beat.Now, TimeSpan.Zero, _every);
        _cluster.Subscribe(Self, ClusterEvent.InitialStateAsEvents, typeof(ClusterEvent.IMemberEvent));
    }

    protected override void PostStop() => _cluster.Unsubscribe(Self);

    private bool IsAlone => _cluster.State.Members.All(member =>
        member.UniqueAddress == _cluster.SelfUniqueAddress
        || member.Status is MemberStatus.Exiting or MemberStatus.Down or MemberStatus.Removed);

    private void DoBeat()
    {
        if (_isClosed || _isRenewing)
        {
            return;
        }

        if (_id is null)
        {
            Ask();
        }
        else
        {
            Renew(_id, IsAlone ? _self : null);
        }
    }

    private void Ask()
    {
        if (_asked++ == _patience)
        {
            Leave("none of its members says which one it is");
            return;
        }

        foreach (var member in _cluster.State.Members.Where(member => member.UniqueAddress != _cluster.SelfUniqueAddress))
        {
            Context.ActorSelection(new RootActorPath(member.Address) / "user" / Name).Tell(AskCharter.Now);
        }
    }

    private void Answer()
    {
        if (_id is not null)
        {
            Sender.Tell(new CharterIs(_id));
        }
    }

    private void Learn(string id)
    {
        if (_id is null)
        {
            _id = id;
            DoBeat();
        }
    }

    private void Renew(string id, string? alone)
    {
        _isRenewing = true;
        _charter.RenewAsync(id, alone, CancellationToken.None).PipeTo(
            Self,
            success: holds => new Renewed(holds, alone is not null),
            failure: fault => new Missed(fault.Message));
    }

    private void Hear(Renewed renewed)
    {
        _isRenewing = false;
        _saidAlone = renewed.AsAlone;
        if (!renewed.Holds && !_isClosed)
        {
            Leave("another one has taken its place, because for a while none of its nodes renewed its charter");
            return;
        }

        HearOfMember();
    }

    private void Hear(Missed missed)
    {
        _isRenewing = false;
        _log.Warning("The charter of the cluster cannot be renewed: {0}", missed.Why);
    }

    /// <summary>At once: the first member must not stand there as the only one for longer than it is.</summary>
    private void HearOfMember()
    {
        if (_saidAlone && !IsAlone)
        {
            DoBeat();
        }
    }

    private void Leave(string why)
    {
        _isClosed = true;
        _log.Error("cluster.lost: this node leaves its cluster: {0}", why);
        _cluster.Down(_cluster.SelfAddress);
    }

    private void Close()
    {
        _isClosed = true;
        Timers.CancelAll();
        if (_id is null || !IsAlone)
        {
            Sender.Tell(Done.Instance);
            return;
        }

        _charter.ReleaseAsync(_id, CancellationToken.None).PipeTo(
            Sender, success: () => Done.Instance, failure: fault => new Status.Failure(fault));
    }

    private sealed record Beat
    {
        public static readonly Beat Now = new();
    }

    private sealed record Release
    {
        public static readonly Release Now = new();
    }

    private sealed record Renewed(bool Holds, bool AsAlone);

    private sealed record Missed(string Why);
}
