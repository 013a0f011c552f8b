using System.Collections.Concurrent;
using System.Collections.Immutable;
using Akka.Actor;
using Akka.Configuration;
using Akka.Persistence;
using Akka.Persistence.Journal;
using Akka.Serialization;
using Executor.Actors.Tests.Fakes;

namespace Executor.Actors.Tests.Faults;

/// <summary>A journal in memory under a plan: writing, reading and asking for the highest number are calls.</summary>
public sealed class FaultyJournal : AsyncWriteJournal
{
    private const string Path = "executor-test.journal";
    private static readonly ConcurrentDictionary<string, (JournalStore Store, FaultPlan Plan)> Opened = new();
    private readonly string _writer = Guid.NewGuid().ToString("N");
    private readonly Serialization _serialization = Context.System.Serialization;
    private readonly JournalStore _store;
    private readonly FaultPlan _plan;

    public FaultyJournal(Config settings) => (_store, _plan) = Opened[settings.GetString("store")];

    /// <summary>What an actor system needs to journal into this store.</summary>
    public static string SettingsFor(JournalStore store, FaultPlan plan)
    {
        var key = Guid.NewGuid().ToString("N");
        Opened[key] = (store, plan);
        return $$"""
            akka.persistence.journal.plugin = "{{Path}}"
            akka.persistence.snapshot-store.plugin = "akka.persistence.snapshot-store.inmem"
            {{Path}} {
                class = "Executor.Actors.Tests.Faults.FaultyJournal, Executor.Actors.Tests"
                plugin-dispatcher = "akka.actor.default-dispatcher"
                store = "{{key}}"
                replay-filter.mode = off
                circuit-breaker { max-failures = 1000, call-timeout = 60s, reset-timeout = 1s }
            }
            """;
    }

    public override async Task ReplayMessagesAsync(
        IActorContext context, string persistenceId, long fromSequenceNr, long toSequenceNr, long max,
        Action<IPersistentRepresentation> recoveryCallback)
    {
        IReadOnlyList<JournalStore.Row> rows = [];
        await _plan.CallAsync("journal.read", () => Made(() => rows = _store.RowsOf(persistenceId)), FaultyStream.Lost);
        foreach (var row in rows.Where(row => row.Sequence >= fromSequenceNr && row.Sequence <= toSequenceNr).Take((int)Math.Min(max, int.MaxValue)))
        {
            var entry = _serialization.Deserialize(row.Payload, row.SerializerId, row.Manifest);
            recoveryCallback(new Persistent(
                entry, row.Sequence, row.Id, row.Manifest, false, ActorRefs.NoSender, _writer));
        }
    }

    public override async Task<long> ReadHighestSequenceNrAsync(
        string persistenceId, long fromSequenceNr, CancellationToken cancellationToken) =>
        await _plan.CallAsync(
            "journal.highest",
            () => Task.FromResult(_store.RowsOf(persistenceId).Select(row => row.Sequence).DefaultIfEmpty().Max()),
            FaultyStream.Lost);

    protected override async Task<IImmutableList<Exception?>> WriteMessagesAsync(
        IEnumerable<AtomicWrite> messages, CancellationToken cancellationToken)
    {
        var (rows, rejections) = (new List<JournalStore.Row>(), new List<Exception?>());
        foreach (var write in messages)
        {
            try
            {
                rows.AddRange(((IImmutableList<IPersistentRepresentation>)write.Payload).Select(RowOf));
                rejections.Add(null);
            }
            catch (Exception unwritable)
            {
                rejections.Add(unwritable);
            }
        }

        if (rows.Count > 0)
        {
            await _plan.CallAsync("journal.write", () => Made(() => _store.Append(rows)), FaultyStream.Lost);
        }

        return [.. rejections];
    }

    protected override Task DeleteMessagesToAsync(
        string persistenceId, long toSequenceNr, CancellationToken cancellationToken) =>
        Made(() => _store.Delete(persistenceId, toSequenceNr));

    private static Task Made(Action call)
    {
        call();
        return Task.CompletedTask;
    }

    private JournalStore.Row RowOf(IPersistentRepresentation written)
    {
        var serializer = _serialization.FindSerializerFor(written.Payload);
        return new JournalStore.Row(
            written.PersistenceId,
            written.SequenceNr,
            serializer.ToBinary(written.Payload),
            Serialization.ManifestFor(serializer, written.Payload),
            serializer.Identifier);
    }
}
