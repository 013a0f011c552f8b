using Executor.Core;
using Executor.Core.Runs;

namespace Executor.Actors.Journal;

/// <summary>Runs and their entries in the rows of the journal, for those who read beside the actors.</summary>
public sealed class JournalCodec
{
    private const string Prefix = "run-";
    private readonly EntryJson _json = new();

    public static string IdOf(RunId run) => Prefix + run.Text;

    /// <returns>Null when it is no run's.</returns>
    public static RunId? RunOf(string persistenceId) =>
        persistenceId.StartsWith(Prefix, StringComparison.Ordinal) ? new RunId(persistenceId[Prefix.Length..]) : null;

    /// <exception cref="System.Runtime.Serialization.SerializationException">Written by a later version.</exception>
    public JournalEntry Read(JournalRow row) => _json.Read(row.Payload.Span);
}
