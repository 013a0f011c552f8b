using Executor.Core;
using Npgsql;

namespace Executor.Storage.Postgres;

/// <summary>The world's faults, told from our own mistakes: the one table of what may be repeated.</summary>
/// <param name="Kind">What to do about it.</param>
internal sealed record PostgresFault(string Sentence, FaultKind Kind, Exception Cause)
{
    /// <summary>Null: not the world's fault, so a bug that must be seen as such.</summary>
    /// <param name="place">Names the database in sentences.</param>
    public static PostgresFault? Of(Exception exception, string place) => exception switch
    {
        PostgresException refused => Row(refused.SqlState) is var (what, kind)
            ? new PostgresFault($"{Capital(place)} {what}.", kind, exception)
            : null,
        NpgsqlException { InnerException: TimeoutException } or TimeoutException =>
            new PostgresFault($"{Capital(place)} does not answer.", FaultKind.Passing, exception),
        NpgsqlException => new PostgresFault($"{Capital(place)} cannot be reached.", FaultKind.Passing, exception),
        ObjectDisposedException =>
            new PostgresFault($"The stores in {place} have been closed.", FaultKind.Lasting, exception),
        _ => null,
    };

    public StorageException ToException() => new($"{Sentence} ({Cause.Message})", Cause);

    private static (string What, FaultKind Kind)? Row(string state) => state switch
    {
        "23505" => ("has seen two writers of one row", FaultKind.Race),
        "25006" => ("may only be read: it is a standby, or becomes one", FaultKind.Passing),
        "25P03" => ("has ended a transaction that stood still", FaultKind.Passing),
        "28000" or "28P01" => ("does not let this user in", FaultKind.Lasting),
        "3D000" => ("does not exist", FaultKind.Lasting),
        "3F000" or "42P01" or "42883" => ("lacks tables: run 'executor migrate'", FaultKind.Lasting),
        "40001" or "40P01" => ("has undone a change for the sake of another", FaultKind.Passing),
        "42501" => ("does not allow this user what it needs: run 'executor migrate --node-role'", FaultKind.Lasting),
        "53100" => ("has no space left on its disk", FaultKind.Passing),
        "53300" => ("has no connection to spare", FaultKind.Passing),
        "55P03" => ("holds a row for somebody else for too long", FaultKind.Passing),
        "57014" => ("takes too long for a statement", FaultKind.Passing),
        "XX001" or "XX002" => ("is damaged", FaultKind.Lasting),
        _ => state[..2] switch
        {
            "08" => ("cannot be reached", FaultKind.Passing),
            "53" => ("lacks memory or other means", FaultKind.Passing),
            "57" => ("is stopping or starting", FaultKind.Passing),
            "58" => ("cannot read or write its files", FaultKind.Passing),
            _ => null,
        },
    };

    private static string Capital(string place) => char.ToUpperInvariant(place[0]) + place[1..];
}

internal enum FaultKind
{
    /// <summary>Worth repeating for a while.</summary>
    Passing,

    /// <summary>
    /// Two insert the same row at the same time: INSERT ... ON CONFLICT knows one unique key, and the row has two. At the
    /// next try the row is there; what fails again is a row that contradicts another.
    /// </summary>
    Race,

    /// <summary>Stays until somebody does something about it.</summary>
    Lasting,
}
