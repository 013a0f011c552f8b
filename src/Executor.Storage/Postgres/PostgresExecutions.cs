using Executor.Core;
using Executor.Core.Runs;
using Executor.Core.Values;
using Executor.Storage.Reading;
using Executor.Storage.Rows;
using Npgsql;

namespace Executor.Storage.Postgres;

/// <summary>Which row wins is decided in SQL, so that no order of writers can undo an end.</summary>
internal sealed class PostgresExecutions(PostgresDatabase database) : IExecutionStore
{
    private const string WriteRuns =
        $"""
        {RowWrites.IntoRun}
        SELECT * FROM unnest(
            @id, @sequence, @workflow, @hash, @status, @ended, @current, @completed, @failed,
            @skipped, @output, @error, @key, @started, @endedAt, @parent, @parentTask, @parentVisit, @parentItem,
            @parentAttempt, @origin)
        {RowWrites.NewerRun}
        """;

    private const string WriteExecutions =
        $"""
        {RowWrites.IntoExecution}
        SELECT * FROM unnest(
            @ids, @runs, @tasks, @visits, @items, @attempts, @sequence, @status, @ended, @action, @worker, @created,
            @endedAt, @error)
        {RowWrites.NewerExecution}
        """;

    private readonly RunReads _reads = new(database);

    public Task WriteAsync(
        IReadOnlyList<RunRow> runs, IReadOnlyList<ExecutionRow> executions, CancellationToken stop)
    {
        if (runs.Count + executions.Count == 0)
        {
            return Task.CompletedTask;
        }

        return database.RunAsync(
            async connection =>
            {
                await using var commands = new NpgsqlBatch(connection);
                foreach (var wave in Waves.Of(runs, row => row.Id.Text))
                {
                    Bind(Add(commands, WriteRuns), wave.Items);
                }

                foreach (var wave in Waves.Of(executions, row => row.Id.Text))
                {
                    Bind(Add(commands, WriteExecutions), wave.Items);
                }

                return await commands.ExecuteNonQueryAsync(stop);
            },
            stop);
    }

    public Task<IReadOnlyList<RunRow>> RunsAsync(RunQuery query, CancellationToken stop) => _reads.RunsAsync(query, stop);

    public Task<RunRow?> RunAsync(RunId run, CancellationToken stop) => _reads.RunAsync(run, stop);

    public Task<IReadOnlyList<ExecutionRow>> ExecutionsAsync(RunId run, CancellationToken stop) =>
        _reads.ExecutionsAsync(run, stop);

    public Task<IReadOnlyList<ExecutionRow>> AttemptsAsync(
        RunId run, string task, Slot? after, int limit, CancellationToken stop) =>
        _reads.AttemptsAsync(run, task, after, limit, stop);

    private static NpgsqlParameterCollection Add(NpgsqlBatch commands, string sql)
    {
        var command = new NpgsqlBatchCommand(sql);
        commands.BatchCommands.Add(command);
        return command.Parameters;
    }

    private static void Bind(NpgsqlParameterCollection values, List<RunRow> rows) => values
        .Texts("id", rows, row => row.Id.Text)
        .Longs("sequence", rows, row => row.Sequence)
        .Texts("workflow", rows, row => row.Workflow)
        .Texts("hash", rows, row => row.DefinitionHash)
        .Texts("status", rows, row => Words<RunStatus>.Of(row.Status))
        .Numbers("ended", rows, row => Terminal.Is(row.Status) ? 1 : 0)
        .Texts("current", rows, row => Names.Write(row.CurrentTasks))
        .Texts("completed", rows, row => Names.Write(row.CompletedTasks))
        .Texts("failed", rows, row => Names.Write(row.FailedTasks))
        .Texts("skipped", rows, row => Names.Write(row.SkippedTasks))
        .Texts("output", rows, row => ValueJson.Write(row.Output))
        .Texts("error", rows, row => row.Error)
        .Texts("key", rows, row => row.RequestKey)
        .Longs("started", rows, row => Micros.Of(row.StartedAt))
        .Longs("endedAt", rows, row => Micros.Of(row.EndedAt))
        .Texts("parent", rows, row => row.Parent?.Run.Text)
        .Texts("parentTask", rows, row => row.Parent?.Slot.Task)
        .Numbers("parentVisit", rows, row => row.Parent?.Slot.Visit)
        .Numbers("parentItem", rows, row => row.Parent?.Slot.Item)
        .Numbers("parentAttempt", rows, row => row.Parent?.Slot.Attempt)
        .Texts("origin", rows, row => row.Origin?.Text);

    private static void Bind(NpgsqlParameterCollection values, List<ExecutionRow> rows) => values
        .Slots(rows, row => (row.Id, row.Run, row.Slot))
        .Longs("sequence", rows, row => row.Sequence)
        .Texts("status", rows, row => Words<SlotStatus>.Of(row.Status))
        .Numbers("ended", rows, row => Terminal.Is(row.Status) ? 1 : 0)
        .Texts("action", rows, row => row.Action)
        .Texts("worker", rows, row => row.Worker)
        .Longs("created", rows, row => Micros.Of(row.CreatedAt))
        .Longs("endedAt", rows, row => Micros.Of(row.EndedAt))
        .Texts("error", rows, row => row.Error);
}
