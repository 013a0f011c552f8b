using Executor.Core;
using Executor.Storage.Reading;

namespace Executor.Storage.People;

/// <summary>The key of name and number decides between two who store at the same moment.</summary>
internal sealed class WorkflowLibrary(
    IQueries queries, IStatements statements, IWorkflowCatalog catalog, TimeProvider time) : IWorkflowLibrary
{
    private const string Columns =
        """
        reference AS "Reference", number AS "Number", version AS "Version", hash AS "Hash", stored_at AS "StoredAt",
        stored_by AS "StoredBy"
        """;

    private const string Add =
        """
        INSERT INTO workflow_version (reference, number, version, hash, stored_at, stored_by)
        VALUES (@Reference, @Number, @Version, @Hash, @StoredAt, @StoredBy)
        ON CONFLICT (reference, number) DO NOTHING
        """;

    private const string Latest =
        $"SELECT {Columns} FROM workflow_version WHERE reference = @reference ORDER BY number DESC LIMIT 1";

    private const string Exactly =
        $"SELECT {Columns} FROM workflow_version WHERE reference = @reference AND number = @number";

    private const string Own =
        $"""
        SELECT {Columns} FROM workflow_version
        WHERE reference = @reference AND version = @version AND version IS NOT NULL ORDER BY number DESC LIMIT 1
        """;

    private const string List =
        $"""
        SELECT {Columns} FROM workflow_version AS one
        WHERE reference > @after
            AND number = (SELECT max(number) FROM workflow_version AS other WHERE other.reference = one.reference)
        ORDER BY reference LIMIT @limit
        """;

    private const string Versions =
        $"""
        SELECT {Columns} FROM workflow_version
        WHERE reference = @reference AND number < @before ORDER BY number DESC LIMIT @limit
        """;

    public async Task<Stored> StoreAsync(NewWorkflow workflow, CancellationToken stop)
    {
        await catalog.StoreAsync(workflow.Hash, workflow.Reference, workflow.Source, stop);
        while (true)
        {
            var latest = await FindAsync(workflow.Reference, number: null, stop);
            if (latest?.Hash == workflow.Hash)
            {
                return new Stored.As(latest, IsNew: false);
            }

            if (await OwnAsync(workflow, stop) is { } taken && taken.Hash != workflow.Hash)
            {
                return new Stored.VersionTaken(taken);
            }

            var line = new LibraryLine
            {
                Reference = workflow.Reference,
                Number = (latest?.Number ?? 0) + 1,
                Version = workflow.Version,
                Hash = workflow.Hash,
                StoredAt = Micros.Of(time.GetUtcNow()),
                StoredBy = workflow.By,
            };
            if (await statements.ExecuteAsync(Add, line, stop) == 1)
            {
                return new Stored.As(line.ToWorkflow(), IsNew: true);
            }
        }
    }

    public Task<IReadOnlyList<StoredWorkflow>> ListAsync(string? after, int limit, CancellationToken stop) =>
        ReadAsync(List, new { after = after ?? "", limit }, stop);

    public Task<IReadOnlyList<StoredWorkflow>> VersionsAsync(
        string reference, int? before, int limit, CancellationToken stop) =>
        ReadAsync(Versions, new { reference, before = before ?? int.MaxValue, limit }, stop);

    public async Task<StoredWorkflow?> FindAsync(string reference, int? number, CancellationToken stop) =>
        (number is { } exact
            ? await ReadAsync(Exactly, new { reference, number = exact }, stop)
            : await ReadAsync(Latest, new { reference }, stop)).SingleOrDefault();

    private async Task<StoredWorkflow?> OwnAsync(NewWorkflow workflow, CancellationToken stop) =>
        workflow.Version is { } version
            ? (await ReadAsync(Own, new { reference = workflow.Reference, version }, stop)).SingleOrDefault()
            : null;

    private async Task<IReadOnlyList<StoredWorkflow>> ReadAsync(string sql, object values, CancellationToken stop)
    {
        var lines = await queries.QueryAsync<LibraryLine>(sql, values, stop);
        return [.. lines.Select(line => line.ToWorkflow())];
    }
}
