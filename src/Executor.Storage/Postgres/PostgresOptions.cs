using System.ComponentModel.DataAnnotations;

namespace Executor.Storage.Postgres;

/// <summary>Where the database is and how it is used.</summary>
public sealed record PostgresOptions
{
    /// <summary>
    /// Npgsql's text: host, port, database, user, password, TLS. What it says of pools, timeouts and the search path is
    /// replaced.
    /// </summary>
    [Required]
    public required string Connection { get; init; }

    /// <summary>Holds all tables of one installation; several may stand in one database.</summary>
    [Required]
    [RegularExpression("[a-z_][a-z0-9_]{0,62}")]
    public string Schema { get; init; } = "executor";

    /// <summary>Connections of the stores of one process; its journal has as many of its own.</summary>
    [Range(2, 500)]
    public int MaximumPoolSize { get; init; } = 20;

    /// <summary>How long a call is repeated when the cause may pass, a restart of the database for instance.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan RepeatFor { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>For the journal of the actors: the same database and schema, with a pool of its own.</summary>
    /// <exception cref="ValidationException">An option is outside its range.</exception>
    public string JournalConnection => PostgresConnections.Journal(this);

    /// <exception cref="ValidationException">A value is outside its range.</exception>
    internal PostgresOptions Checked()
    {
        Validator.ValidateObject(this, new ValidationContext(this), validateAllProperties: true);
        return this;
    }
}
