using Executor.Core;
using Executor.Core.Runs;
using Executor.Core.Values;
using Executor.Storage.Reading;
using Executor.Storage.Rows;
using Executor.Storage.Writing;

namespace Executor.Storage;

/// <summary>Which row wins is decided in SQL, so that no order of writers can undo an end.</summary>
internal sealed class ExecutionStore(SqliteWriter writer, Database database) : IExecutionStore
{
    private const string WriteRun =
        $"""
        {RowWrites.IntoRun}
        VALUES (
            @id, @sequence, @workflow, @hash, @status, @ended, @current, @completed, @failed,
            @skipped, @output, @error, @key, @started, @endedAt, @parent, @parentTask, @parentVisit, @parentItem,
            @parentAttempt, @origin)
        {RowWrites.NewerRun}
        """;

    private const string WriteExecution =
        $"""
        {RowWrites.IntoExecution}
        VALUES (
            @id, @run, @task, @visit, @item, @attempt, @sequence, @status, @ended, @action, @worker, @created, @endedAt,
            @error)
        {RowWrites.NewerExecution}
        """;

    private readonly RunReads _reads = new(database);

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

    public Task<IReadOnlyList<RunRow>> RunsAsync(RunQuery query, CancellationToken stop) => _reads.RunsAsync(query, stop);

    public Task<RunRow?> RunAsync(RunId run, CancellationToken stop) => _reads.RunAsync(run, stop);

    public Task<IReadOnlyList<ExecutionRow>> ExecutionsAsync(RunId run, CancellationToken stop) =>
        _reads.ExecutionsAsync(run, stop);

    public Task<IReadOnlyList<ExecutionRow>> AttemptsAsync(
        RunId run, string task, Slot? after, int limit, CancellationToken stop) =>
        _reads.AttemptsAsync(run, task, after, limit, stop);

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
        .Set("@parent", row.Parent?.Run.Text)
        .Set("@parentTask", row.Parent?.Slot.Task)
        .Set("@parentVisit", row.Parent?.Slot.Visit)
        .Set("@parentItem", row.Parent?.Slot.Item)
        .Set("@parentAttempt", row.Parent?.Slot.Attempt)
        .Set("@origin", row.Origin?.Text)
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
