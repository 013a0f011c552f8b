using System.Collections.Immutable;
using Executor.Core.Runs;
using Executor.Core.Values;

namespace Executor.Actors.Runs;

/// <summary>The commands that wait for their decision, and those whose decision is being written.</summary>
internal sealed class RunInbox
{
    private const int MostCommandsAtOnce = 256;
    private const int MostEventsAtOnce = 2_000;
    private const int MostResultsAtOnce = 64;
    private readonly Queue<Pending> _waiting = new();
    private readonly List<Pending> _deciding = [];

    /// <summary>Which is decided next; there is one.</summary>
    public Pending Next => _waiting.Peek();

    public bool IsEmpty => _waiting.Count == 0;

    /// <summary>The next one can be decided.</summary>
    public bool IsReady => _waiting.TryPeek(out var next) && !next.IsLarge;

    public void Add(Pending pending) => _waiting.Enqueue(pending);

    /// <summary>Those of the entry have their answers.</summary>
    public void EndEntry() => _deciding.Clear();

    /// <summary>One more for this entry, unless it is full, or one of the two wants an entry of its own.</summary>
    /// <param name="events">That the entry has so far.</param>
    public bool TryNext(int events, out Pending pending)
    {
        var isFirst = _deciding.Count == 0;
        if (!_waiting.TryPeek(out pending)
            || pending.IsLarge
            || (!isFirst && (pending.Alone || _deciding[^1].Alone
                || _deciding.Count >= MostCommandsAtOnce || events >= MostEventsAtOnce)))
        {
            return false;
        }

        _deciding.Add(_waiting.Dequeue());
        return true;
    }

    /// <summary>Results that wait to be stored, from the oldest on.</summary>
    public ImmutableArray<Value> Large() =>
        [.. _waiting.Where(pending => pending.IsLarge).Take(MostResultsAtOnce).Select(ResultOf)];

    /// <summary>These need not wait any more.</summary>
    /// <param name="stored">In the order of the results; null where one stays as it is.</param>
    public void Replace(ImmutableArray<Value> results, ImmutableArray<StoredResult?> stored)
    {
        var next = 0;
        foreach (var pending in Drain())
        {
            var isOne = next < results.Length && pending.IsLarge && ReferenceEquals(ResultOf(pending), results[next]);
            _waiting.Enqueue(isOne ? Referring(pending, stored[next++]) : pending);
        }
    }

    /// <summary>The last one cannot be decided yet: it is the next again.</summary>
    public void PutBack()
    {
        var pending = _deciding[^1];
        _deciding.RemoveAt(_deciding.Count - 1);
        Pending[] all = [pending, .. Drain()];
        Array.ForEach(all, _waiting.Enqueue);
    }

    public IReadOnlyList<Pending> TakeUnanswered()
    {
        Pending[] all = [.. _deciding, .. Drain()];
        _deciding.Clear();
        return all;
    }

    /// <summary>What the next incarnation is to decide, now that the entry of this one has proved unwritable.</summary>
    public IReadOnlyList<Pending> TakeRejected(string reason, DateTimeOffset now)
    {
        var wasAlone = _deciding.Count == 1;
        var rejected = _deciding.ConvertAll(pending => pending with
        {
            Command = wasAlone ? GiveUpOver(pending.Command, reason, now) : pending.Command,
            Alone = true,
        });
        _deciding.Clear();
        return [.. rejected, .. TakeUnanswered()];
    }

    private Pending[] Drain()
    {
        Pending[] all = [.. _waiting];
        _waiting.Clear();
        return all;
    }

    private static Value ResultOf(Pending pending) => ((RunCommand.FinishItem)pending.Command).Outcome.Result;

    private static Pending Referring(Pending pending, StoredResult? stored)
    {
        var finish = (RunCommand.FinishItem)pending.Command;
        var outcome = stored is null ? finish.Outcome : finish.Outcome with { Result = new Value.Stored(stored) };
        return pending with { Command = finish with { Outcome = outcome }, IsLarge = false };
    }

    private static RunCommand.GiveUp GiveUpOver(RunCommand command, string reason, DateTimeOffset now) => new(
        command switch
        {
            RunCommand.FinishItem finish => finish.Slot,
            RunCommand.Answer answer => answer.Slot,
            RunCommand.GiveUp before => before.Slot,
            _ => null,
        },
        reason,
        now);
}
