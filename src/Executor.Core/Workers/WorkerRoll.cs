using System.Collections.Immutable;
using Executor.Core.Messages;

namespace Executor.Core.Workers;

/// <summary>The workers that one node has heard of, and how long ago. For people; nothing is decided by it.</summary>
public sealed record WorkerRoll
{
    /// <summary>Signs of life, one after the other, that a worker misses until it is late.</summary>
    public const int LateAfter = 3;

    /// <summary>Signs of life, one after the other, that a worker misses until it is gone.</summary>
    public const int GoneAfter = 10;

    /// <summary>Workers that are remembered at most; of more, only those that are not gone, the first to come.</summary>
    public const int Most = 10_000;

    /// <summary>How long one that is gone is still shown.</summary>
    public static readonly TimeSpan Remembered = TimeSpan.FromHours(1);

    public static readonly WorkerRoll Empty = new();

    private ImmutableDictionary<string, WorkerSeen> Heard { get; init; } =
        ImmutableDictionary.Create<string, WorkerSeen>(StringComparer.Ordinal);

    /// <param name="now">Of the clock that all calls take their time from.</param>
    public WorkerRoll Hear(WorkerBeat beat, DateTimeOffset now)
    {
        var isKnown = Heard.TryGetValue(beat.Worker, out var known);
        if (isKnown && beat.StartedAt < known!.Said.StartedAt)
        {
            // Of a process whose successor has the name by now.
            return this;
        }

        var room = isKnown || Heard.Count < Most ? Heard : Present(now);
        return room.Count < Most || isKnown
            ? this with { Heard = room.SetItem(beat.Worker, new WorkerSeen(beat, now, WorkerState.Alive)) }
            : this with { Heard = room };
    }

    /// <summary>In order of their names.</summary>
    public IReadOnlyList<WorkerSeen> At(DateTimeOffset now) =>
    [
        .. Heard.Values
            .Where(worker => now - worker.LastSeen <= Remembered)
            .Select(worker => worker with { State = StateOf(worker, now) })
            .OrderBy(worker => worker.Said.Worker, StringComparer.Ordinal),
    ];

    private ImmutableDictionary<string, WorkerSeen> Present(DateTimeOffset now) =>
        Heard.RemoveRange(Heard.Where(pair => StateOf(pair.Value, now) == WorkerState.Gone).Select(pair => pair.Key));

    private static WorkerState StateOf(WorkerSeen worker, DateTimeOffset now)
    {
        var silent = now - worker.LastSeen;
        return worker.Said.Leaving || silent > worker.Said.Every * GoneAfter ? WorkerState.Gone
            : silent > worker.Said.Every * LateAfter ? WorkerState.Late
            : WorkerState.Alive;
    }
}
