namespace Executor.Actors.Journal;

/// <summary>What keeps the journal.</summary>
public enum JournalDatabase
{
    /// <summary>A file of one process; its tables are made when they are missing.</summary>
    Sqlite,

    /// <summary>A schema that <c>executor migrate</c> has made.</summary>
    Postgres,
}
