using System.Collections.Immutable;
using Akka.Actor;
using Executor.Actors.Batching;
using Executor.Core;
using Executor.Core.Expressions;
using Executor.Core.Runs;
using Executor.Core.Values;

namespace Executor.Actors.Results;

/// <summary>Stores, for all runs of a node, results that are too large for their journals.</summary>
internal sealed class ResultKeeper : BatchingActor<IReadOnlyList<ResultKeeper.Question>, IReadOnlyList<Kept>>
{
    private const int MostQuestions = 50;

    /// <summary>Of the results of one batch, and of one call of the store: it must end within the time of a statement.</summary>
    private const long MostWeight = 8 << 20;

    private readonly IResultStore _store;
    private readonly RecentContents _recent;
    private readonly Queue<Question> _waiting = new();

    /// <summary>What waits or is under way: asked again, it is not done again.</summary>
    private readonly HashSet<Keep> _open = [];

    public ResultKeeper(IResultStore store, RecentContents recent)
    {
        _store = store;
        _recent = recent;
        Receive<Keep>(what =>
        {
            if (_open.Add(what))
            {
                _waiting.Enqueue(new Question(what, Sender));
                Proceed();
            }
        });
    }

    protected override IReadOnlyList<Question>? TakeBatch()
    {
        var (batch, weight) = (new List<Question>(), 0L);
        while (batch.Count < MostQuestions && weight < MostWeight && _waiting.TryDequeue(out var question))
        {
            batch.Add(question);
            weight += question.What.Results.Sum(result => result.Weight);
        }

        return batch.Count > 0 ? batch : null;
    }

    protected override async Task<IReadOnlyList<Kept>> WorkAsync(IReadOnlyList<Question> batch, CancellationToken stop)
    {
        var rows = new Dictionary<string, ResultRow>(StringComparer.Ordinal);
        var answers = batch.Select(question => new Kept(question.What, Write(question.What, rows))).ToList();
        foreach (var call in CallsOf(rows.Values))
        {
            await _store.StoreAsync(call, stop);
        }

        return answers;
    }

    protected override void Finished(IReadOnlyList<Question> batch, IReadOnlyList<Kept> done)
    {
        foreach (var (question, answer) in batch.Zip(done))
        {
            _open.Remove(question.What);
            question.By.Tell(answer, ActorRefs.NoSender);
        }
    }

    private ImmutableArray<StoredResult?> Write(Keep what, Dictionary<string, ResultRow> rows)
    {
        var stored = ImmutableArray.CreateBuilder<StoredResult?>(what.Results.Length);
        foreach (var result in what.Results)
        {
            if (LargeResult.Write(result) is not var (reference, json))
            {
                stored.Add(null);
                continue;
            }

            rows.TryAdd(reference.Id, new ResultRow(reference.Id, what.Run, json));
            _recent.Add(reference.Id, ResultView.Of(result));
            stored.Add(reference);
        }

        return stored.MoveToImmutable();
    }

    private static IEnumerable<List<ResultRow>> CallsOf(IEnumerable<ResultRow> rows)
    {
        var (call, bytes) = (new List<ResultRow>(), 0L);
        foreach (var row in rows)
        {
            if (call.Count == IResultStore.BatchLimit || (call.Count > 0 && bytes + row.Json.Length > MostWeight))
            {
                yield return call;
                (call, bytes) = ([], 0L);
            }

            call.Add(row);
            bytes += row.Json.Length;
        }

        if (call.Count > 0)
        {
            yield return call;
        }
    }

    internal sealed record Question(Keep What, IActorRef By);
}
