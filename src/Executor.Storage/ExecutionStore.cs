using Dapper;
using Executor.Core;
using Executor.Core.Runs;
using Executor.Core.Values;
using Executor.Storage.Rows;
using Executor.Storage.Writing;

namespace Executor.Storage;

/// <summary>Which row wins is decided in SQL, so that no order of writers can undo an end.</summary>
internal sealed class ExecutionStore(SqliteWriter writer, Database database) : IExecutionStore
{
    private const string WriteRun =
        """
        INSERT INTO run (
            id, sequence, workflow, definition_hash, status, ended, current_tasks, completed_tasks, failed_tasks,
            skipped_tasks, output, error, request_key, started_at, ended_at)
        VALUES (
            @id, @sequence, @workflow, @hash, @status, @ended, @current, @completed, @failed,
            @skipped, @output, @error, @key, @started, @endedAt)
        ON CONFLICT (id) DO UPDATE SET
            sequence = excluded.sequence, workflow = excluded.workflow, definition_hash = excluded.definition_hash,
            status = excluded.status, ended = excluded.ended, current_tasks = excluded.current_tasks,
            completed_tasks = excluded.completed_tasks, failed_tasks = excluded.failed_tasks,
            skipped_tasks = excluded.skipped_tasks, output = excluded.output, error = excluded.error,
            request_key = excluded.request_key, started_at = excluded.started_at, ended_at = excluded.ended_at
        WHERE run.sequence <= excluded.sequence AND run.ended = 0
        """;

    private const string WriteExecution =
        """
        INSERT INTO execution (
            dispatch_id, run, task, visit, item, attempt, sequence, status, ended, action, worker, created_at, ended_at,
            error)
        VALUES (
            @id, @run, @task, @visit, @item, @attempt, @sequence, @status, @ended, @action, @worker, @created, @endedAt,
            @error)
        ON CONFLICT (dispatch_id) DO UPDATE SET
            sequence = excluded.sequence, status = excluded.status, ended = excluded.ended, action = excluded.action,
            worker = excluded.worker, created_at = excluded.created_at, ended_at = excluded.ended_at,
            error = excluded.error
        WHERE execution.sequence <= excluded.sequence AND execution.ended = 0
        """;

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

    public Task WriteAsync(
        IReadOnlyList<RunRow> runs, IReadOnlyList<ExecutionRow> executions, CancellationToken stop) => writer.RunAsync(
        session =>
        {
            foreach (var row in runs)
            {
                Write(session.Prepare(WriteRun), row);
            }

            foreach (var row in executions)
            {
                Write(session.Prepare(WriteExecution), row);
            }

            return runs.Count + executions.Count;
        },
        stop);

    public Task<IReadOnlyList<RunRow>> RunsAsync(RunQuery query, CancellationToken stop)
    {
        var sql = query switch
        {
            { OnlyOpen: false, Before: null } => Newest,
            { OnlyOpen: false } => NewestBefore,
            { Before: null } => NewestOpen,
            _ => NewestOpenBefore,
        };
        var values = new { query.Limit, Before = query.Before?.Text };
        return database.ReadAsync<IReadOnlyList<RunRow>>(
            connection => [.. connection.Query<RunLine>(sql, values).Select(line => line.ToRow())],
            stop);
    }

    public Task<RunRow?> RunAsync(RunId run, CancellationToken stop) => database.ReadAsync(
        connection => connection.QuerySingleOrDefault<RunLine>(Run, new { id = run.Text })?.ToRow(),
        stop);

    public Task<IReadOnlyList<ExecutionRow>> ExecutionsAsync(RunId run, CancellationToken stop) =>
        database.ReadAsync<IReadOnlyList<ExecutionRow>>(
            connection =>
            [
                .. connection.Query<ExecutionLine>(Executions, new { run = run.Text }).Select(line => line.ToRow()),
            ],
            stop);

    private static void Write(Statement statement, RunRow row) => statement
        .Set("@id", row.Id.Text)
        .Set("@sequence", row.Sequence)
        .Set("@workflow", row.Workflow)
        .Set("@hash", row.DefinitionHash)
        .Set("@status", Words<RunStatus>.Of(row.Status))
        .Set("@ended", Terminal.Is(row.Status))
        .Set("@current", Names.Write(row.CurrentTasks))
        .Set("@completed", Names.Write(row.CompletedTasks))
        .Set("@failed", Names.Write(row.FailedTasks))
        .Set("@skipped", Names.Write(row.SkippedTasks))
        .Set("@output", ValueJson.Write(row.Output))
        .Set("@error", row.Error)
        .Set("@key", row.RequestKey)
        .Set("@started", Micros.Of(row.StartedAt))
        .Set("@endedAt", Micros.Of(row.EndedAt))
        .Execute();

    private static void Write(Statement statement, ExecutionRow row) => statement
        .SetSlot(row.Id, row.Run, row.Slot)
        .Set("@sequence", row.Sequence)
        .Set("@status", Words<SlotStatus>.Of(row.Status))
        .Set("@ended", Terminal.Is(row.Status))
        .Set("@action", row.Action)
        .Set("@worker", row.Worker)
        .Set("@created", Micros.Of(row.CreatedAt))
        .Set("@endedAt", Micros.Of(row.EndedAt))
        .Set("@error", row.Error)
        .Execute();
}
