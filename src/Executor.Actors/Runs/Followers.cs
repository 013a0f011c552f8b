using Akka.Actor;
using Executor.Core.Runs;

namespace Executor.Actors.Runs;

/// <summary>Who wants to hear when one run has stored something; each for a while only, so that none has to say goodbye.</summary>
internal sealed class Followers(IScheduler clock)
{
    private const int Most = 1_000;
    private readonly Dictionary<IActorRef, DateTimeOffset> _until = [];

    public void Add(IActorRef follower, RunState run)
    {
        if (_until.Count < Most || _until.ContainsKey(follower))
        {
            _until[follower] = clock.Now + Follow.Lasts;
        }

        follower.Tell(AdvancedTo(run), ActorRefs.NoSender);
    }

    public void Tell(RunState run)
    {
        if (_until.Count == 0)
        {
            return;
        }

        var now = clock.Now;
        foreach (var (follower, until) in _until)
        {
            if (until < now)
            {
                _until.Remove(follower);
            }
            else
            {
                follower.Tell(AdvancedTo(run), ActorRefs.NoSender);
            }
        }
    }

    private static Advanced AdvancedTo(RunState run) => new(run.Id, run.Entries, run.HasEnded);
}
