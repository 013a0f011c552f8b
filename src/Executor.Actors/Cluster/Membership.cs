using System.Globalization;
using Akka.Actor;
using Akka.Event;
using Executor.Actors.Configuration;
using Executor.Core;

namespace Executor.Actors.Cluster;

/// <summary>How a node becomes a member, and what it does for the cluster as one.</summary>
/// <remarks>
/// Akka lets the first of the seeds found a cluster when no other answers it in time: if only the answers are lost, that is
/// a second one beside the living one. Here nobody is its own seed, and the charter says who founds.
/// </remarks>
internal sealed class Membership
{
    private readonly ActorSystem _system;
    private readonly ClusterOptions _options;
    private readonly IClusterCharter _charter;
    private readonly Akka.Cluster.Cluster _cluster;
    private readonly Address[] _others;
    private readonly TaskCompletionSource _up = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _asked;

    private Membership(ActorSystem system, ClusterOptions options, IClusterCharter charter)
    {
        _system = system;
        _options = options;
        _charter = charter;
        _cluster = Akka.Cluster.Cluster.Get(system);
        _others =
        [
            .. options.Seeds.Select(seed => Seed.AddressOf(seed, _cluster.SelfAddress))
                .Where(address => address != _cluster.SelfAddress),
        ];
        _cluster.RegisterOnMemberUp(() => _up.TrySetResult());
    }

    /// <summary>Somebody has let it in, and the others have not all heard of it yet.</summary>
    private bool IsWelcome => _cluster.State.Members.Any(member => member.UniqueAddress == _cluster.SelfUniqueAddress);

    private TimeSpan LookEvery => _options.Beat / 2;

    private int Patience => _options.DeadAfterBeats * 2;

    /// <summary>The machine belongs to it: nodes of several may all believe to be 127.0.0.1.</summary>
    private string Self => $"{Environment.MachineName} {_cluster.SelfAddress.Host}:{_cluster.SelfAddress.Port}";

    /// <summary>Completes when this node is a member.</summary>
    /// <exception cref="NotAdmittedException">Nobody will let it in.</exception>
    /// <exception cref="StorageException">The charter cannot be read now.</exception>
    public static async Task EnterAsync(
        ActorSystem system, ClusterOptions options, IClusterCharter charter, CancellationToken stop)
    {
        var membership = new Membership(system, options, charter);
        system.ActorOf(Made<QuarantineWatch>.By(() => new QuarantineWatch()), "quarantine-watch");
        var founded = await membership.EnterAsync(stop);
        var keeper = system.ActorOf(
            Made<CharterKeeper>.By(() => new CharterKeeper(
                charter, membership.Self, options.Beat, options.DeadAfterBeats, founded)),
            CharterKeeper.Name);
        CharterKeeper.ReleasesAtTheEnd(system, keeper);
    }

    /// <returns>The cluster that it has founded; null: others have let it in.</returns>
    private async Task<string?> EnterAsync(CancellationToken stop)
    {
        var vigil = new Vigil(Self, _others.Length > 0, Patience);
        var seen = await _charter.ReadAsync(stop);
        while (true)
        {
            switch (vigil.Next(seen))
            {
                case VigilStep.Refuse:
                    throw new NotAdmittedException(
                        "cluster.other",
                        "Another cluster is alive on this database, and the seeds name none of its nodes: name one in "
                        + "EXECUTOR__CLUSTER__SEEDS, or stop that cluster first.");
                case VigilStep.Found when !IsWelcome && await FoundAsync(vigil, seen, stop) is { } id:
                    // Ends Akka's asking, too.
                    _cluster.Join(_cluster.SelfAddress);
                    await IsMemberAsync(Timeout.InfiniteTimeSpan, stop);
                    return id;
                default:
                    Ask();
                    break;
            }

            if (await IsMemberAsync(LookEvery, stop))
            {
                return null;
            }

            seen = await LookAsync(vigil, seen, stop);
        }
    }

    /// <summary>Akka repeats the question until there is an answer; begun anew now and then, whatever became of that.</summary>
    private void Ask()
    {
        if (_asked++ % Patience != 0 || _others.Length == 0 || IsWelcome)
        {
            return;
        }

        _cluster.JoinSeedNodes(_others);
        if (_asked > 1)
        {
            _system.Log.Warning(
                "Waits to be let in by one of {0}: as long as the nodes of the cluster on this database renew its charter "
                + "no other can be founded", string.Join(", ", _options.Seeds));
        }
    }

    private async Task<Charter?> LookAsync(Vigil vigil, Charter? before, CancellationToken stop)
    {
        try
        {
            return await _charter.ReadAsync(stop);
        }
        catch (StorageException fault)
        {
            _system.Log.Warning("The charter of the cluster cannot be read: {0}", fault.Message);
            vigil.Miss();
            return before;
        }
    }

    /// <returns>Null when it has not: somebody was faster, or the database is away.</returns>
    private async Task<string?> FoundAsync(Vigil vigil, Charter? seen, CancellationToken stop)
    {
        var id = Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture);
        try
        {
            if (!await _charter.FoundAsync(id, Self, seen, stop))
            {
                return null;
            }
        }
        catch (StorageException fault)
        {
            _system.Log.Warning("A cluster cannot be founded: {0}", fault.Message);
            vigil.Miss();
            return null;
        }

        _system.Log.Info("Founds cluster {0}; before it there was {1}", id, seen?.Id ?? "none");
        return id;
    }

    /// <returns>Whether it has become one within this time.</returns>
    private async Task<bool> IsMemberAsync(TimeSpan patience, CancellationToken stop)
    {
        var first = await Task.WhenAny(_up.Task, _system.WhenTerminated, Task.Delay(patience, stop));
        stop.ThrowIfCancellationRequested();
        return first != _system.WhenTerminated
            ? first == _up.Task
            : throw new NotAdmittedException("node.removed", "The cluster has removed this node before it was a member.");
    }
}
