using Akka.Actor;
using Executor.Core.Runs;

namespace Executor.Actors.Dispatching;

/// <summary>Which run waits to hear that the guard knows a slot.</summary>
internal sealed class Askers
{
    private readonly Dictionary<DispatchId, IActorRef> _askers = [];

    /// <param name="asker">Who sent it; a room that repeats its own work asks nothing.</param>
    /// <param name="self">The room.</param>
    public void Add(DispatchId id, IActorRef asker, IActorRef self)
    {
        if (!asker.IsNobody() && !asker.Equals(self))
        {
            _askers[id] = asker;
        }
    }

    public void Tell(IEnumerable<DispatchId> known)
    {
        var answers = new Dictionary<IActorRef, List<DispatchId>>();
        foreach (var id in known)
        {
            if (_askers.Remove(id, out var asker))
            {
                (answers.TryGetValue(asker, out var ids) ? ids : answers[asker] = []).Add(id);
            }
        }

        foreach (var (asker, ids) in answers)
        {
            asker.Tell(new Known(ids), ActorRefs.NoSender);
        }
    }
}
