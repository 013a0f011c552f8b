using Akka.Actor;
using Akka.Persistence;
using Executor.Actors.Journal;
using Executor.Core.Runs;

namespace Executor.Actors.Tests.Journal.Postgres;

/// <summary>Writes what it is told and knows what it wrote: a run reduced to its journal.</summary>
internal sealed class Scribe : ReceivePersistentActor
{
    private readonly List<string> _words = [];

    public Scribe(string id)
    {
        PersistenceId = id;
        Recover<JournalEntry>(Note);
        Command<Write>(write =>
        {
            // Told again, as everything is until it is answered.
            if (_words.Contains(write.Word))
            {
                Sender.Tell(new Written(LastSequenceNr));
                return;
            }

            Persist(Entry(write.Word), entry =>
            {
                Note(entry);
                Sender.Tell(new Written(LastSequenceNr));
            });
        });
        Command<Read>(_ => Sender.Tell(new Words([.. _words])));
    }

    public override string PersistenceId { get; }

    public static JournalEntry Entry(string word) =>
        new([new RunEvent.CancelRequested(word, DateTimeOffset.UnixEpoch)], "node", "incarnation", DateTimeOffset.UnixEpoch);

    private void Note(JournalEntry entry) =>
        _words.AddRange(entry.Events.OfType<RunEvent.CancelRequested>().Select(written => written.Reason!));

    public sealed record Write(string Word);

    public sealed record Read;

    public sealed record Written(long Sequence);

    public sealed record Words(IReadOnlyList<string> All);
}
