using System.ComponentModel.DataAnnotations;
using Npgsql;

namespace Executor.Storage.Postgres;

/// <summary>The connection strings. The only owner of the schema's name: statements never write it.</summary>
internal static class PostgresConnections
{
    public static string Stores(PostgresOptions options)
    {
        var text = Node(options);
        text.ApplicationName = "executor";
        // The same twenty statements for ever: planned once per connection.
        text.MaxAutoPrepare = 50;
        text.AutoPrepareMinUsages = 2;
        return text.ToString();
    }

    public static string Journal(PostgresOptions options)
    {
        var text = Node(options);
        text.ApplicationName = "executor journal";
        return text.ToString();
    }

    /// <summary>For one statement after another by one person: no pool, and no limit but the statements' own.</summary>
    public static string Migration(PostgresOptions options)
    {
        var text = Base(options);
        text.ApplicationName = "executor migrate";
        text.Pooling = false;
        // A node tries again, a person has to call again: so a server that is busy is waited for.
        text.Timeout = 15;
        text.CommandTimeout = 0;
        return text.ToString();
    }

    /// <summary>For messages: which database, without user and password.</summary>
    public static string Place(PostgresOptions options)
    {
        var text = Base(options);
        return $"database '{text.Database ?? text.Username}' on {text.Host}:{text.Port}";
    }

    private static NpgsqlConnectionStringBuilder Node(PostgresOptions options)
    {
        var text = Base(options);
        text.MaxPoolSize = options.MaximumPoolSize;
        // Later than the role's statement_timeout of 2.5 s, which tells more; a frozen server answers nothing at all.
        text.CommandTimeout = 3;
        text.CancellationTimeout = 500;
        // Nothing of ours changes a session, so there is nothing to reset between two users of a connection.
        text.NoResetOnClose = true;
        // Each statement finds its rows by index. Plans are made while tables are small or unknown and live long.
        text.Options = $"{text.Options} -c enable_seqscan=off -c jit=off".TrimStart();
        return text;
    }

    private static NpgsqlConnectionStringBuilder Base(PostgresOptions options)
    {
        try
        {
            var text = new NpgsqlConnectionStringBuilder(options.Checked().Connection)
            {
                SearchPath = options.Schema,
                Timeout = 3,
                KeepAlive = 5,
                Enlist = false,
            };
            if (text.GssEncryptionMode is GssEncryptionMode.Prefer)
            {
                // One question less for each new connection, which a frozen server would leave unanswered for 3 s.
                text.GssEncryptionMode = GssEncryptionMode.Disable;
            }

            return text;
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or KeyNotFoundException)
        {
            throw new ValidationException(
                $"The connection string of PostgreSQL cannot be read: {exception.Message}", exception);
        }
    }
}
