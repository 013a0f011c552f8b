using Executor.Core;
using Executor.Core.Runs;
using Executor.Storage.Rows;

namespace Executor.Storage.Reading;

/// <summary>Rows for people, found and paged by index.</summary>
internal sealed class RunReads(IQueries queries)
{
    private const string Run = $"SELECT {RunLine.Columns} FROM run WHERE id = @id";

    private const string Executions =
        $"SELECT {ExecutionLine.Columns} FROM execution WHERE run = @run ORDER BY task, visit, item, attempt";

    private const string Attempts =
        $"""
        SELECT {ExecutionLine.Columns} FROM execution
        WHERE run = @run AND task = @task AND (visit, item, attempt) > (@visit, @item, @attempt)
        ORDER BY visit, item, attempt LIMIT @limit
        """;

    public async Task<IReadOnlyList<RunRow>> RunsAsync(RunQuery query, CancellationToken stop)
    {
        var values = new
        {
            query.Limit,
            Before = query.Before?.Text,
            query.Workflow,
            Parent = query.Parent?.Text,
            Status = query.Status is { } status ? Words<RunStatus>.Of(status) : null,
            Since = query.Since is { } since ? Micros.Of(since) : 0L,
        };
        var lines = await queries.QueryAsync<RunLine>(NewestOf(query), values, stop);
        return [.. lines.Select(line => line.ToRow())];
    }

    public async Task<RunRow?> RunAsync(RunId run, CancellationToken stop) =>
        (await queries.QueryAsync<RunLine>(Run, new { id = run.Text }, stop)).SingleOrDefault()?.ToRow();

    public async Task<IReadOnlyList<ExecutionRow>> ExecutionsAsync(RunId run, CancellationToken stop)
    {
        var lines = await queries.QueryAsync<ExecutionLine>(Executions, new { run = run.Text }, stop);
        return [.. lines.Select(line => line.ToRow())];
    }

    public async Task<IReadOnlyList<ExecutionRow>> AttemptsAsync(
        RunId run, string task, Slot? after, int limit, CancellationToken stop)
    {
        var last = after ?? new Slot(task, 0, Slot.NoItem, 0);
        var values = new { run = run.Text, task, visit = last.Visit, item = last.Item, attempt = last.Attempt, limit };
        var lines = await queries.QueryAsync<ExecutionLine>(Attempts, values, stop);
        return [.. lines.Select(line => line.ToRow())];
    }

    /// <summary>Put together from whole conditions: a condition that is not asked for would keep an index from being used.</summary>
    internal static string NewestOf(RunQuery query)
    {
        var conditions = new List<string>();
        if (query.Before is not null)
        {
            conditions.Add("(started_at, id) < (SELECT started_at, id FROM run WHERE id = @Before)");
        }

        if (query.OnlyOpen)
        {
            conditions.Add("ended = 0");
        }

        if (query.Status is not null)
        {
            conditions.Add("status = @Status");
        }

        if (query.Workflow is not null)
        {
            conditions.Add("workflow = @Workflow");
        }

        if (query.Parent is not null)
        {
            conditions.Add("parent = @Parent");
        }

        if (query.Since is not null)
        {
            conditions.Add("started_at >= @Since");
        }

        var where = conditions.Count == 0 ? "" : $"WHERE {string.Join(" AND ", conditions)}";
        return $"SELECT {RunLine.Columns} FROM run {where} ORDER BY started_at DESC, id DESC LIMIT @Limit";
    }
}
