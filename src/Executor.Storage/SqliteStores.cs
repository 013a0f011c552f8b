using System.Text.Json;
using Executor.Core;
using Executor.Core.Runs;
using Executor.Storage.People;
using Executor.Storage.Writing;
using Microsoft.Data.Sqlite;

namespace Executor.Storage;

/// <summary>All stores of a data directory. Disposing it completes what was called and leaves whole files.</summary>
public sealed class SqliteStores : IAsyncDisposable
{
    private readonly Database _database;
    private readonly SqliteWriter _writer;
    private readonly Database _journal;

    private SqliteStores(string directory, TimeProvider time)
    {
        _database = new Database(Path.Combine(directory, "executor.db"), time);
        _writer = new SqliteWriter(_database);
        _journal = new Database(JournalFile(directory), time);
        Journal = new JournalReader(_journal, UniqueKeyCheck.Keys);
        Guard = new DispatchGuard(_writer, _database);
        Executions = new ExecutionStore(_writer, _database);
        Inquiries = new InquiryStore(_writer, _database);
        Results = new ResultStore(_writer, _database);
        Offers = new AnswerOffers(_writer, _database);
        Catalog = new WorkflowCatalog(_writer, _database);
        DueTimes = new DueTimes(_writer, _database);
        var statements = new SqliteStatements(_writer);
        Library = new WorkflowLibrary(_database, statements, Catalog, time);
        Keys = new ApiKeys(_database, statements);
        Audit = new Audit(_database, statements);
    }

    public IDispatchGuard Guard { get; }

    public IExecutionStore Executions { get; }

    public IInquiryStore Inquiries { get; }

    public IResultStore Results { get; }

    /// <summary>For processes that work on the same directory.</summary>
    public AnswerOffers Offers { get; }

    public IWorkflowCatalog Catalog { get; }

    public IDueTimes DueTimes { get; }

    public IWorkflowLibrary Library { get; }

    public IApiKeys Keys { get; }

    public IAudit Audit { get; }

    /// <summary>Over <see cref="JournalFile"/>, which somebody else writes and which may not exist yet.</summary>
    public IJournalReader Journal { get; }

    /// <summary>Those of which there is no row for people, in the order given.</summary>
    public async Task<IReadOnlyList<RunId>> UnlistedAsync(IReadOnlyList<RunId> runs, CancellationToken stop)
    {
        const string Unlisted =
            """
            SELECT value FROM json_each(@runs)
            WHERE NOT EXISTS (SELECT 1 FROM run WHERE run.id = json_each.value) ORDER BY key
            """;
        var ids = JsonSerializer.Serialize(runs.Select(run => run.Text));
        var found = await _database.QueryAsync<string>(Unlisted, new { runs = ids }, stop);
        return [.. found.Select(id => new RunId(id))];
    }

    /// <summary>Where the journal of this data directory belongs: a file of its own, so that two writers never wait.</summary>
    public static string JournalFile(string directory) => Path.Combine(directory, "journal.db");

    /// <summary>The connection string of <see cref="JournalFile"/>, whatever characters its path has.</summary>
    public static string JournalConnection(string directory) =>
        new SqliteConnectionStringBuilder { DataSource = JournalFile(directory) }.ToString();

    /// <summary>Makes what is missing; several processes may have the same directory open.</summary>
    /// <param name="time">The clock of leases and ages; null is the system's.</param>
    /// <exception cref="StorageException">It cannot be used, or is newer than this program.</exception>
    public static Task<SqliteStores> OpenAsync(string directory, TimeProvider? time = null) => Task.Run(() =>
    {
        try
        {
            Directory.CreateDirectory(directory);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StorageException($"'{directory}' cannot be made: {exception.Message}", exception);
        }

        return new SqliteStores(directory, time ?? TimeProvider.System);
    });

    public async ValueTask DisposeAsync()
    {
        // Readers first: the last connection to leave writes everything into the main file.
        _journal.Release();
        _database.Release();
        await _writer.DisposeAsync();
    }
}
