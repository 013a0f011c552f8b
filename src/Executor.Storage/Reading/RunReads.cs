using Executor.Core;
using Executor.Core.Runs;
using Executor.Storage.Rows;

namespace Executor.Storage.Reading;

/// <summary>Rows for people, found and paged by index.</summary>
internal sealed class RunReads(IQueries queries)
{
    private const string Newest =
        $"SELECT {RunLine.Columns} FROM run ORDER BY started_at DESC, id DESC LIMIT @Limit";

    private const string NewestBefore =
        $"""
        SELECT {RunLine.Columns} FROM run
        WHERE (started_at, id) < (SELECT started_at, id FROM run WHERE id = @Before)
        ORDER BY started_at DESC, id DESC LIMIT @Limit
        """;

    private const string NewestOpen =
        $"SELECT {RunLine.Columns} FROM run WHERE ended = 0 ORDER BY started_at DESC, id DESC LIMIT @Limit";

    private const string NewestOpenBefore =
        $"""
        SELECT {RunLine.Columns} FROM run
        WHERE ended = 0 AND (started_at, id) < (SELECT started_at, id FROM run WHERE id = @Before)
        ORDER BY started_at DESC, id DESC LIMIT @Limit
        """;

    private const string Run = $"SELECT {RunLine.Columns} FROM run WHERE id = @id";

    private const string Executions =
        $"SELECT {ExecutionLine.Columns} FROM execution WHERE run = @run ORDER BY task, visit, item, attempt";

    public async Task<IReadOnlyList<RunRow>> RunsAsync(RunQuery query, CancellationToken stop)
    {
        var sql = query switch
        {
            { OnlyOpen: false, Before: null } => Newest,
            { OnlyOpen: false } => NewestBefore,
            { Before: null } => NewestOpen,
            _ => NewestOpenBefore,
        };
        var lines = await queries.QueryAsync<RunLine>(sql, new { query.Limit, Before = query.Before?.Text }, stop);
        return [.. lines.Select(line => line.ToRow())];
    }

    public async Task<RunRow?> RunAsync(RunId run, CancellationToken stop) =>
        (await queries.QueryAsync<RunLine>(Run, new { id = run.Text }, stop)).SingleOrDefault()?.ToRow();

    public async Task<IReadOnlyList<ExecutionRow>> ExecutionsAsync(RunId run, CancellationToken stop)
    {
        var lines = await queries.QueryAsync<ExecutionLine>(Executions, new { run = run.Text }, stop);
        return [.. lines.Select(line => line.ToRow())];
    }
}
