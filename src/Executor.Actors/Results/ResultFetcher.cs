using Akka.Actor;
using Akka.Event;
using Executor.Actors.Batching;
using Executor.Core;
using Executor.Core.Runs;
using Executor.Core.Values;

namespace Executor.Actors.Results;

/// <summary>
/// Fetches, for all runs of a node, contents of results that stand beside their journals. A run of which one is lost gets
/// no answer: it asks again, and an operator reads why it waits.
/// </summary>
internal sealed class ResultFetcher : BatchingActor<IReadOnlyList<ResultFetcher.Question>, IReadOnlyList<Fetched?>>
{
    private const int MostQuestions = 50;

    /// <summary>Bytes of the results of one batch, and of one call of the store.</summary>
    private const long MostBytes = 16 << 20;

    private readonly IResultStore _store;
    private readonly RecentContents _recent;
    private readonly Queue<Question> _waiting = new();

    /// <summary>What waits or is under way: asked again, it is not done again.</summary>
    private readonly HashSet<Fetch> _open = [];

    public ResultFetcher(IResultStore store, RecentContents recent)
    {
        _store = store;
        _recent = recent;
        Receive<Fetch>(what =>
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
        var (batch, bytes) = (new List<Question>(), 0L);
        while (batch.Count < MostQuestions && bytes < MostBytes && _waiting.TryDequeue(out var question))
        {
            batch.Add(question);
            bytes += question.What.Results.Sum(result => result.Bytes);
        }

        return batch.Count > 0 ? batch : null;
    }

    protected override async Task<IReadOnlyList<Fetched?>> WorkAsync(
        IReadOnlyList<Question> batch, CancellationToken stop)
    {
        var answers = new List<Fetched?>();
        foreach (var what in batch.Select(question => question.What))
        {
            answers.Add(await FetchAsync(what, stop));
        }

        return answers;
    }

    protected override void Finished(IReadOnlyList<Question> batch, IReadOnlyList<Fetched?> done)
    {
        foreach (var (question, answer) in batch.Zip(done))
        {
            _open.Remove(question.What);
            if (answer is not null)
            {
                question.By.Tell(answer, ActorRefs.NoSender);
            }
        }
    }

    private async Task<Fetched?> FetchAsync(Fetch what, CancellationToken stop)
    {
        var contents = new Dictionary<string, Value>(StringComparer.Ordinal);
        var missing = new List<StoredResult>();
        foreach (var result in what.Results)
        {
            if (_recent.Find(result.Id) is { } known)
            {
                contents[result.Id] = known;
            }
            else
            {
                missing.Add(result);
            }
        }

        foreach (var call in CallsOf(missing))
        {
            var ids = call.ConvertAll(result => result.Id);
            foreach (var (id, json) in ids.Zip(await _store.FetchAsync(ids, stop)))
            {
                if (Read(what.Run, id, json) is not { } content)
                {
                    return null;
                }

                _recent.Add(id, content);
                contents[id] = content;
            }
        }

        return new Fetched(what, [.. what.Results.Select(result => contents[result.Id])]);
    }

    private Value? Read(RunId run, string id, ReadOnlyMemory<byte>? json)
    {
        try
        {
            if (json is { } found)
            {
                return LargeResult.Read(id, found);
            }

            Log.Error("Run {RunId} waits: its result {Result} is not in the database", run, id);
        }
        catch (InvalidDataException damaged)
        {
            Log.Error(damaged, "Run {RunId} waits: its result {Result} is damaged", run, id);
        }

        return null;
    }

    private static IEnumerable<List<StoredResult>> CallsOf(List<StoredResult> results)
    {
        var (call, bytes) = (new List<StoredResult>(), 0L);
        foreach (var result in results)
        {
            if (call.Count == IResultStore.BatchLimit || (call.Count > 0 && bytes + result.Bytes > MostBytes))
            {
                yield return call;
                (call, bytes) = ([], 0L);
            }

            call.Add(result);
            bytes += result.Bytes;
        }

        if (call.Count > 0)
        {
            yield return call;
        }
    }

    internal sealed record Question(Fetch What, IActorRef By);
}
