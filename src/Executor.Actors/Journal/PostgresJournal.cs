using Executor.Core;
using LinqToDB.Data;

namespace Executor.Actors.Journal;

/// <summary>The journal in PostgreSQL, whose tables somebody else makes.</summary>
internal static class PostgresJournal
{
    private const string UniqueKeys =
        """
        SELECT count(*) FROM pg_index AS key
        WHERE key.indrelid = to_regclass('journal') AND key.indisunique AND key.indisvalid
            AND key.indpred IS NULL AND key.indexprs IS NULL AND key.indnatts = key.indnkeyatts
            AND (
                SELECT string_agg(part.attname, ',' ORDER BY part.attname)
                FROM pg_attribute AS part
                WHERE part.attrelid = key.indrelid AND part.attnum = ANY (key.indkey::int2[]))
                = 'persistence_id,sequence_number'
        """;

    /// <exception cref="StorageException">Two writers of one run could not be told apart.</exception>
    public static void RequireUniqueKey(DataConnection connection)
    {
        if (connection.Execute<long>(UniqueKeys) == 0)
        {
            throw new StorageException(
                "There is no table journal with a unique key on (persistence_id, sequence_number): two writers of one run "
                + "would not be noticed. Run 'executor migrate' first.");
        }
    }
}
