using Akka.Actor;
using Executor.Actors.Batching;
using Executor.Core;
using Executor.Core.Runs;
using Executor.Core.Workflows;

namespace Executor.Actors.Calls;

/// <summary>Looks up, for all runs of a node, which workflows tasks call. Names that many ask for at a time are looked up once.</summary>
public sealed class Finder : BatchingActor<IReadOnlyList<Finder.Question>, IReadOnlyList<LookedUp>>
{
    private const int MostAtOnce = 100;
    private readonly IWorkflowFinder _workflows;
    private readonly Queue<Question> _waiting = new();

    public Finder(IWorkflowFinder workflows)
    {
        _workflows = workflows;
        Receive<LookUp>(what =>
        {
            _waiting.Enqueue(new Question(what, Sender));
            Proceed();
        });
    }

    protected override IReadOnlyList<Question>? TakeBatch()
    {
        var batch = new List<Question>();
        while (batch.Count < MostAtOnce && _waiting.TryDequeue(out var question))
        {
            batch.Add(question);
        }

        return batch.Count > 0 ? batch : null;
    }

    protected override async Task<IReadOnlyList<LookedUp>> WorkAsync(IReadOnlyList<Question> batch, CancellationToken stop)
    {
        var known = new Dictionary<(RunId Root, string Action), WorkflowSpec?>();
        foreach (var what in batch.Select(question => question.What))
        {
            foreach (var action in what.Actions.Where(action => !known.ContainsKey((what.Root, action))))
            {
                known[(what.Root, action)] = await _workflows.FindAsync(what.Root, action, stop);
            }
        }

        return
        [
            .. batch.Select(question => new LookedUp(
                [.. question.What.Actions.Select(action => (action, known[(question.What.Root, action)]))])),
        ];
    }

    protected override void Finished(IReadOnlyList<Question> batch, IReadOnlyList<LookedUp> done)
    {
        foreach (var (question, answer) in batch.Zip(done))
        {
            question.By.Tell(answer, ActorRefs.NoSender);
        }
    }

    public sealed record Question(LookUp What, IActorRef By);
}
