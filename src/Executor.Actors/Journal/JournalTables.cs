using Executor.Core;
using LinqToDB.Data;

namespace Executor.Actors.Journal;

/// <summary>The tables of Akka.Persistence.Sql in SQLite, made here and not by the plugin.</summary>
/// <remarks>
/// The plugin would make them without any index when its settings are incomplete, and does not say so. Its indexes on
/// <c>created</c> and <c>sequence_number</c> alone serve no query of ours and cost half of each write, so they are left out.
/// </remarks>
internal static class JournalTables
{
    private const string Journal =
        """
        CREATE TABLE IF NOT EXISTS journal (
            ordering INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
            created INTEGER NOT NULL,
            deleted BIT NOT NULL,
            persistence_id NVARCHAR(255) NOT NULL,
            sequence_number INTEGER NOT NULL,
            message VARBINARY NOT NULL,
            manifest NVARCHAR(500) NULL,
            identifier INTEGER NULL,
            writer_uuid NVARCHAR(128) NULL)
        """;

    private const string JournalKey =
        "CREATE UNIQUE INDEX IF NOT EXISTS journal_uq ON journal (persistence_id, sequence_number)";

    private const string Tags =
        """
        CREATE TABLE IF NOT EXISTS tags (
            ordering_id INTEGER NOT NULL,
            tag NVARCHAR(64) NOT NULL,
            sequence_nr INTEGER NOT NULL,
            persistence_id NVARCHAR(255) NOT NULL,
            PRIMARY KEY (ordering_id, tag))
        """;

    private const string Snapshots =
        """
        CREATE TABLE IF NOT EXISTS snapshot (
            persistence_id NVARCHAR(255) NOT NULL,
            sequence_number INTEGER NOT NULL,
            created INTEGER NOT NULL,
            snapshot VARBINARY NULL,
            manifest NVARCHAR(500) NULL,
            serializer_id INTEGER NULL,
            PRIMARY KEY (persistence_id, sequence_number))
        """;

    private const string UniqueKeys =
        """
        SELECT COUNT(*) FROM pragma_index_list('journal') AS i
        WHERE i."unique" = 1 AND i.partial = 0
            AND (SELECT group_concat(name) FROM (SELECT name FROM pragma_index_info(i.name) ORDER BY seqno))
                = 'persistence_id,sequence_number'
        """;

    /// <summary>Write-ahead logging is a property of the file and must be on before anybody else opens it.</summary>
    public static void Create(DataConnection connection)
    {
        connection.Execute<string>("PRAGMA journal_mode = WAL");
        foreach (var statement in new[] { Journal, JournalKey, Tags, Snapshots })
        {
            connection.Execute(statement);
        }
    }

    /// <exception cref="StorageException">Two writers of one run could not be told apart.</exception>
    public static void RequireUniqueKey(DataConnection connection)
    {
        if (connection.Execute<long>(UniqueKeys) == 0)
        {
            throw new StorageException(
                "Table journal has no unique index on (persistence_id, sequence_number): two writers of one run "
                + "would not be noticed. Create it before starting.");
        }
    }
}
