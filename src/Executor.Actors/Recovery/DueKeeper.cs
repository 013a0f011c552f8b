using Akka.Actor;
using Executor.Actors.Batching;
using Executor.Core;
using Executor.Core.Runs;

namespace Executor.Actors.Recovery;

/// <summary>Keeps the rows that say when each unfinished run must be looked at; answers each <see cref="DueAnswer"/>.</summary>
/// <remarks>The steps of one run are taken in their order, one in a batch.</remarks>
public sealed class DueKeeper : BatchingActor<IReadOnlyList<DueKeeper.Asked>, IReadOnlyList<DueRow?>>
{
    private const int MostAtOnce = 500;
    private readonly IDueTimes _store;
    private Queue<Asked> _waiting = [];

    public DueKeeper(IDueTimes store)
    {
        _store = store;
        Receive<DueStep>(step =>
        {
            _waiting.Enqueue(new Asked(step, Sender));
            Proceed();
        });
    }

    protected override IReadOnlyList<Asked>? TakeBatch()
    {
        var (batch, runs, later) = (new List<Asked>(), new HashSet<RunId>(), new List<Asked>());
        while (batch.Count < MostAtOnce && _waiting.TryDequeue(out var asked))
        {
            (runs.Add(asked.Step.Run) ? batch : later).Add(asked);
        }

        if (later.Count > 0)
        {
            _waiting = new Queue<Asked>(later.Concat(_waiting));
        }

        return batch.Count > 0 ? batch : null;
    }

    protected override Task<IReadOnlyList<DueRow?>> WorkAsync(IReadOnlyList<Asked> batch, CancellationToken stop) =>
        _store.StepAsync([.. batch.Select(asked => asked.Step)], stop);

    protected override void Finished(IReadOnlyList<Asked> batch, IReadOnlyList<DueRow?> done)
    {
        foreach (var (asked, before) in batch.Zip(done))
        {
            if (asked.Step is not (DueStep.Release or DueStep.Forget))
            {
                asked.By.Tell(new DueAnswer(asked.Step, before), ActorRefs.NoSender);
            }
        }
    }

    public sealed record Asked(DueStep Step, IActorRef By);
}
