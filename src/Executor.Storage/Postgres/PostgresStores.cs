using Executor.Core;
using Executor.Storage.People;

namespace Executor.Storage.Postgres;

/// <summary>All stores of one schema. Each process of a cluster has its own; none holds anything between calls.</summary>
public sealed class PostgresStores : IAsyncDisposable
{
    // A key may be made by a constraint or by an index, and its columns may stand in any order.
    private const string JournalKeys =
        """
        SELECT (
            SELECT string_agg(part.attname, ',' ORDER BY part.attname)
            FROM pg_attribute AS part
            WHERE part.attrelid = key.indrelid AND part.attnum = ANY (key.indkey::int2[]))
        FROM pg_index AS key
        WHERE key.indrelid = 'journal'::regclass AND key.indisunique AND key.indisvalid
            AND key.indpred IS NULL AND key.indexprs IS NULL AND key.indnatts = key.indnkeyatts
        """;

    private readonly PostgresDatabase _database;
    private readonly PostgresDatabase _charter;

    private PostgresStores(PostgresDatabase database, PostgresDatabase charter)
    {
        _database = database;
        _charter = charter;
        Guard = new PostgresGuard(database);
        Executions = new PostgresExecutions(database);
        Inquiries = new PostgresInquiries(database);
        Results = new PostgresResults(database);
        Catalog = new PostgresCatalog(database);
        DueTimes = new PostgresDueTimes(database);
        Charter = new PostgresCharter(charter);
        var statements = new PostgresStatements(database);
        Library = new WorkflowLibrary(database, statements, Catalog, TimeProvider.System);
        Keys = new ApiKeys(database, statements);
        Audit = new Audit(database, statements);
        Journal = new JournalReader(database, JournalKeys);
    }

    public IDispatchGuard Guard { get; }

    public IExecutionStore Executions { get; }

    public IInquiryStore Inquiries { get; }

    public IResultStore Results { get; }

    public IWorkflowCatalog Catalog { get; }

    public IDueTimes DueTimes { get; }

    /// <summary>On a pool of its own: a node whose work waits for connections must not be taken for dead.</summary>
    public IClusterCharter Charter { get; }

    public IWorkflowLibrary Library { get; }

    public IApiKeys Keys { get; }

    public IAudit Audit { get; }

    /// <summary>Over the table that the actors write through <see cref="PostgresOptions.JournalConnection"/>.</summary>
    public IJournalReader Journal { get; }

    /// <exception cref="StorageException">It cannot be reached, or its schema is not the one this program needs.</exception>
    /// <exception cref="System.ComponentModel.DataAnnotations.ValidationException">An option is wrong.</exception>
    public static async Task<PostgresStores> OpenAsync(PostgresOptions options, CancellationToken stop)
    {
        var database = new PostgresDatabase(options);
        try
        {
            await PostgresSchema.RequireAsync(database, options, stop);
            return new PostgresStores(database, new PostgresDatabase(options with { MaximumPoolSize = 2 }));
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Settings of the session that this login lacks: timeouts that a frozen node's successor relies on, or commits that
    /// are on the disk before they are answered. The migration gives them to the role that it makes for nodes.
    /// </summary>
    public Task<IReadOnlyList<string>> MissingLimitsAsync(CancellationToken stop) =>
        SessionLimits.MissingAsync(_database, stop);

    public async ValueTask DisposeAsync()
    {
        await _charter.DisposeAsync();
        await _database.DisposeAsync();
    }
}
