using System.Collections.Immutable;
using Akka.Actor;
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

    /// <summary>Who else has asked, by the slot whose end waits.</summary>
    private readonly Dictionary<Slot, List<IActorRef>?> _askers = [];

    /// <summary>Which is decided next; there is one.</summary>
    public Pending Next => _waiting.Peek();

    public bool IsEmpty => _waiting.Count == 0;

    /// <summary>The next one can be decided.</summary>
    public bool IsReady => _waiting.TryPeek(out var next) && !next.IsLarge;

    /// <summary>
    /// An end of a slot whose end waits already is answered with that one: a queue that hears nothing brings its
    /// messages again, and while a database is away nothing else would bound how many wait.
    /// </summary>
    public bool TryJoin(Pending pending)
    {
        if (EndOf(pending) is not { } slot || !_askers.TryGetValue(slot, out var others))
        {
            return false;
        }

        (others ?? (_askers[slot] = [])).Add(pending.Sender);
        return true;
    }

    public void Add(Pending pending)
    {
        if (EndOf(pending) is { } slot)
        {
            _askers.Add(slot, null);
        }

        _waiting.Enqueue(pending);
    }

    /// <summary>Whether one of this kind waits.</summary>
    public bool Has<T>()
        where T : RunCommand => _waiting.Any(pending => pending.Command is T);

    /// <summary>It is decided before all that wait.</summary>
    public void AddFirst(Pending pending)
    {
        Pending[] all = [pending, .. Drain()];
        Array.ForEach(all, _waiting.Enqueue);
    }

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

        pending = Dequeue();
        _deciding.Add(pending);
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
        if (EndOf(pending) is { } slot)
        {
            _askers.Add(slot, pending.Others?.ToList());
        }

        AddFirst(pending with { Others = null });
    }

    public IReadOnlyList<Pending> TakeUnanswered()
    {
        List<Pending> all = [.. _deciding];
        _deciding.Clear();
        while (!IsEmpty)
        {
            all.Add(Dequeue());
        }

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

    private Pending Dequeue()
    {
        var pending = _waiting.Dequeue();
        return EndOf(pending) is { } slot && _askers.Remove(slot, out var others) ? pending with { Others = others } : pending;
    }

    private Pending[] Drain()
    {
        Pending[] all = [.. _waiting];
        _waiting.Clear();
        return all;
    }

    private static Slot? EndOf(Pending pending) =>
        pending is { Command: RunCommand.FinishItem finish, Alone: false } ? finish.Slot : null;

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
