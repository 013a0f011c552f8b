namespace Executor.Storage;

/// <summary>Whether the journal is fenced against two writers of one run.</summary>
/// <remarks>
/// Some ways of configuring Akka.Persistence.Sql make a table without the key, silently; so the table itself is asked.
/// </remarks>
internal static class UniqueKeyCheck
{
    public const string Keys =
        """
        SELECT group_concat(part.name, ',' ORDER BY part.name)
        FROM pragma_index_list('journal') AS key, pragma_index_info(key.name) AS part
        WHERE key."unique" = 1 AND key.partial = 0
        GROUP BY key.name
        """;
}
