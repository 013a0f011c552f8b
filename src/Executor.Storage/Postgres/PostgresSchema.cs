using System.Data.Common;
using Dapper;
using Executor.Core;
using Npgsql;

namespace Executor.Storage.Postgres;

/// <summary>Brings a schema to the version of this program, and refuses to work on one of another.</summary>
public static class PostgresSchema
{
    // Locks by two numbers: ours, which nothing else uses, and one for each schema.
    private const int LockSpace = 0x45584543;

    /// <summary>Longer than any migration of another process should take.</summary>
    private const string Patience = "60s";

    private const string Versions =
        """
        CREATE TABLE IF NOT EXISTS schema_version (
            version BIGINT PRIMARY KEY, works_with BIGINT NOT NULL, applied_at TIMESTAMPTZ NOT NULL)
        """;

    private const string Newest =
        """
        SELECT version AS "Version", works_with AS "WorksWith" FROM schema_version ORDER BY version DESC LIMIT 1
        """;

    private const string SchemaIsThere = "SELECT 1 FROM pg_namespace WHERE nspname = @Schema";

    private const string IsThere =
        "SELECT 1 FROM pg_class WHERE relname = 'schema_version' AND relnamespace = current_schema()::regnamespace";

    /// <summary>The newest version that this program knows.</summary>
    public static long Known => SchemaSteps.Postgres[^1].Version;

    /// <summary>
    /// Makes the schema where it is missing and applies the steps that it lacks, all of them or none. Processes that do so
    /// at the same time do it one after the other; repeating it changes nothing.
    /// </summary>
    /// <param name="node">The role of the nodes, made or brought up to date too; null leaves roles alone.</param>
    /// <returns>The version before, 0 for none, and after.</returns>
    /// <exception cref="StorageException">It cannot be reached, refuses something, or is newer than this program.</exception>
    public static async Task<(long Before, long After)> MigrateAsync(
        PostgresOptions options, NodeRole? node, CancellationToken stop)
    {
        node?.Check();
        var place = PostgresConnections.Place(options);
        try
        {
            await using var connection = new NpgsqlConnection(PostgresConnections.Migration(options));
            await connection.OpenAsync(stop);
            await using var transaction = await connection.BeginTransactionAsync(stop);
            await connection.ExecuteAsync(
                $"""
                SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0;
                SET LOCAL lock_timeout = '{Patience}'; SET LOCAL client_min_messages = warning;
                """);
            await connection.ExecuteAsync(
                "SELECT pg_advisory_xact_lock(@LockSpace, hashtext(@Schema))", new { LockSpace, options.Schema });
            var before = await ApplyAsync(connection, options, place);
            if (node is not null)
            {
                await NodeRoleGrants.ApplyAsync(connection, options.Schema, node);
            }

            await transaction.CommitAsync(stop);
            return (before, Known);
        }
        catch (Exception exception) when (PostgresFault.Of(exception, place) is { } fault)
        {
            throw fault.ToException();
        }
        catch (PostgresException exception)
        {
            throw new StorageException($"The schema of {place} cannot be changed: {exception.Message}", exception);
        }
    }

    internal static async Task RequireAsync(PostgresDatabase database, PostgresOptions options, CancellationToken stop)
    {
        var found = await database.RunAsync(FoundAsync, stop);
        if (Refusal(found, options) is { } sentence)
        {
            throw new StorageException(sentence);
        }
    }

    private static string? Refusal(Found found, PostgresOptions options)
    {
        var place = $"schema '{options.Schema}' of {PostgresConnections.Place(options)}";
        if (found.Version == 0)
        {
            return $"There is no {place} yet: run 'executor migrate' first.";
        }

        if (found.Version < Known)
        {
            return $"The {place} has version {found.Version}, and this program needs version {Known}: "
                + "run 'executor migrate' of this program first.";
        }

        return found.WorksWith > Known ? TooNew(found, place) : null;
    }

    private static string TooNew(Found found, string place) =>
        $"The {place} has version {found.Version}, and this program knows versions up to {Known}: "
        + $"use a program that knows at least version {found.WorksWith}.";

    private static async Task<long> ApplyAsync(NpgsqlConnection connection, PostgresOptions options, string place)
    {
        // Where somebody else has made the schema for us, we need not have the right to make one.
        if (await connection.ExecuteScalarAsync(SchemaIsThere, new { options.Schema }) is null)
        {
            await connection.ExecuteAsync($"CREATE SCHEMA \"{options.Schema}\"");
        }

        await connection.ExecuteAsync(Versions);
        var found = await FoundAsync(connection);
        if (found.Version > Known)
        {
            throw new StorageException(TooNew(found, $"schema '{options.Schema}' of {place}"));
        }

        foreach (var step in SchemaSteps.Postgres.Where(step => step.Version > found.Version))
        {
            await connection.ExecuteAsync(step.Sql);
            await connection.ExecuteAsync(
                "INSERT INTO schema_version (version, works_with, applied_at) VALUES (@Version, @WorksWith, now())",
                new { step.Version, step.WorksWith });
        }

        return found.Version;
    }

    private static async Task<Found> FoundAsync(DbConnection connection) =>
        await connection.ExecuteScalarAsync(IsThere) is null
            ? new Found(0, 0)
            : await connection.QuerySingleOrDefaultAsync<Found>(Newest) ?? new Found(0, 0);

    private sealed record Found(long Version, long WorksWith);
}
