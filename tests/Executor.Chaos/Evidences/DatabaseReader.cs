using System.Collections.Immutable;
using Executor.Actors.Journal;
using Executor.Core;
using Executor.Core.Runs;
using Npgsql;

namespace Executor.Chaos.Evidences;

/// <summary>Reads what the product has stored, with statements of its own; only entries are decoded by the product.</summary>
internal sealed class DatabaseReader(string connection) : IAsyncDisposable
{
    private readonly NpgsqlDataSource _source = NpgsqlDataSource.Create(connection + ";Search Path=executor;Command Timeout=120");
    private readonly JournalCodec _codec = new();

    public async Task<ImmutableArray<RunJournal>> JournalsAsync(CancellationToken stop)
    {
        var entries = await ReadAsync(
            "SELECT persistence_id, sequence_number, coalesce(manifest, ''), message FROM journal WHERE NOT deleted",
            row => (
                Run: JournalCodec.RunOf(row.GetString(0)),
                Stored: new StoredEntry(
                    row.GetInt64(1),
                    _codec.Read(new JournalRow(row.GetInt64(1), default, row.GetString(2), row.GetFieldValue<byte[]>(3))))),
            stop);
        return
        [
            .. entries.Where(entry => entry.Run is not null)
                .GroupBy(entry => entry.Run!.Value, entry => entry.Stored)
                .Select(run => new RunJournal(run.Key, [.. run.OrderBy(stored => stored.Sequence)])),
        ];
    }

    /// <returns>The name of the node that wrote the newest entry of each run.</returns>
    public async Task<IReadOnlyDictionary<RunId, string>> OwnersAsync(IReadOnlyList<RunId> runs, CancellationToken stop)
    {
        var newest = await ReadAsync(
            """
            SELECT DISTINCT ON (persistence_id) persistence_id, sequence_number, coalesce(manifest, ''), message FROM journal
            WHERE NOT deleted ORDER BY persistence_id, sequence_number DESC
            """,
            row => (Run: JournalCodec.RunOf(row.GetString(0)), Row: new JournalRow(
                row.GetInt64(1), default, row.GetString(2), row.GetFieldValue<byte[]>(3))),
            stop);
        return newest.Where(entry => entry.Run is { } run && runs.Contains(run))
            .ToDictionary(entry => entry.Run!.Value, entry => _codec.Read(entry.Row).Node);
    }

    public Task<ImmutableArray<GuardLine>> GuardAsync(CancellationToken stop) => ReadAsync(
        "SELECT dispatch_id, run, task, visit, item, attempt, entry, status, worker, claim_id, closed_at FROM guard",
        row => new GuardLine(
            new DispatchId(row.GetString(0)), new RunId(row.GetString(1)), SlotOf(row, 2), row.GetInt64(6),
            Enum.Parse<SlotStatus>(row.GetString(7), ignoreCase: true), Text(row, 8), Text(row, 9), !row.IsDBNull(10)),
        stop);

    public Task<ImmutableArray<ExecutionLine>> ExecutionsAsync(CancellationToken stop) => ReadAsync(
        "SELECT dispatch_id, run, task, visit, item, attempt, sequence, status, action, ended, error FROM execution",
        row => new ExecutionLine(
            new DispatchId(row.GetString(0)), new RunId(row.GetString(1)), SlotOf(row, 2), row.GetInt64(6),
            Enum.Parse<SlotStatus>(row.GetString(7), ignoreCase: true), row.GetString(8), row.GetInt32(9) != 0, Text(row, 10)),
        stop);

    public Task<ImmutableArray<QuestionLine>> QuestionsAsync(CancellationToken stop) => ReadAsync(
        "SELECT id, run, task, visit, item, attempt, status, closed, response FROM inquiry",
        row => new QuestionLine(
            new DispatchId(row.GetString(0)), new RunId(row.GetString(1)), SlotOf(row, 2),
            Enum.Parse<SlotStatus>(row.GetString(6), ignoreCase: true), row.GetInt32(7) != 0, Text(row, 8)),
        stop);

    public Task<ImmutableArray<RunLine>> RunsAsync(CancellationToken stop) => ReadAsync(
        """
        SELECT id, sequence, workflow, status, ended, current_tasks, completed_tasks, failed_tasks, skipped_tasks, output,
            error
        FROM run
        """,
        row => new RunLine(
            new RunId(row.GetString(0)), row.GetInt64(1), row.GetString(2),
            Enum.Parse<RunStatus>(row.GetString(3), ignoreCase: true), row.GetInt32(4) != 0, row.GetString(5),
            row.GetString(6), row.GetString(7), row.GetString(8), row.GetString(9), Text(row, 10)),
        stop);

    public Task<ImmutableArray<RunId>> DueAsync(CancellationToken stop) =>
        ReadAsync("SELECT run FROM due", row => new RunId(row.GetString(0)), stop);

    public Task<ImmutableArray<AuditLine>> AuditAsync(CancellationToken stop) => ReadAsync(
        "SELECT action, object, outcome FROM audit",
        row => new AuditLine(row.GetString(0), row.GetString(1), row.GetString(2)),
        stop);

    public async Task<ImmutableArray<(RunId Run, RunStatus Status)>> EndedAsync(int limit, CancellationToken stop) =>
        await ReadAsync(
            $"SELECT id, status FROM run WHERE ended = 1 ORDER BY started_at DESC LIMIT {limit}",
            row => (new RunId(row.GetString(0)), Enum.Parse<RunStatus>(row.GetString(1), ignoreCase: true)),
            stop);

    /// <summary>What is not yet as it will be: runs and rows that are open.</summary>
    public async Task<OpenThings> OpenAsync(CancellationToken stop) => (await ReadAsync(
        """
        SELECT (SELECT count(*) FROM run WHERE ended = 0),
            (SELECT count(*) FROM guard WHERE closed_at IS NULL),
            (SELECT count(*) FROM due),
            (SELECT count(*) FROM run),
            (SELECT count(*) FROM execution WHERE ended = 0),
            (SELECT count(*) FROM inquiry WHERE closed = 0)
        """,
        row => new OpenThings(
            row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), row.GetInt64(5)),
        stop)).Single();

    /// <returns>How many connections of nodes were cut.</returns>
    public async Task<long> CutNodesAsync(CancellationToken stop) => (await ReadAsync(
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE usename = 'ex_node'",
        row => row.GetInt64(0),
        stop)).Single();

    /// <returns>The processes of the database that work for nodes.</returns>
    public Task<ImmutableArray<int>> NodeSessionsAsync(CancellationToken stop) =>
        ReadAsync("SELECT pid FROM pg_stat_activity WHERE usename = 'ex_node'", row => row.GetInt32(0), stop);

    public async Task<bool> AnswersAsync(CancellationToken stop)
    {
        try
        {
            await ReadAsync("SELECT 1", row => row.GetInt32(0), stop);
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    /// <returns>Where the text stands in a journal entry or a row.</returns>
    public async Task<ImmutableArray<string>> FindAsync(string text, CancellationToken stop)
    {
        await using var command = _source.CreateCommand(
            """
            SELECT 'journal ' || persistence_id || ' ' || sequence_number FROM journal
                WHERE position(convert_to(@text, 'UTF8') IN message) > 0
            UNION ALL SELECT 'run ' || id FROM run WHERE position(@text IN output || coalesce(error, '')) > 0
            UNION ALL SELECT 'execution ' || dispatch_id FROM execution WHERE position(@text IN coalesce(error, '')) > 0
            UNION ALL SELECT 'audit ' || number FROM audit WHERE position(@text IN object || outcome) > 0
            LIMIT 20
            """);
        command.Parameters.AddWithValue("text", text);
        await using var rows = await command.ExecuteReaderAsync(stop);
        var found = ImmutableArray.CreateBuilder<string>();
        while (await rows.ReadAsync(stop))
        {
            found.Add(rows.GetString(0));
        }

        return found.ToImmutable();
    }

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    private async Task<ImmutableArray<T>> ReadAsync<T>(string sql, Func<NpgsqlDataReader, T> read, CancellationToken stop)
    {
        await using var command = _source.CreateCommand(sql);
        await using var rows = await command.ExecuteReaderAsync(stop);
        var found = ImmutableArray.CreateBuilder<T>();
        while (await rows.ReadAsync(stop))
        {
            found.Add(read(rows));
        }

        return found.ToImmutable();
    }

    private static Slot SlotOf(NpgsqlDataReader row, int first) =>
        new(row.GetString(first), row.GetInt32(first + 1), row.GetInt32(first + 2), row.GetInt32(first + 3));

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}

/// <param name="UnclosedGuards">Guard rows of which the run has not taken note.</param>
internal sealed record OpenThings(long OpenRuns, long UnclosedGuards, long Due, long Runs, long OpenExecutions, long OpenQuestions)
{
    public bool IsNothing =>
        OpenRuns == 0 && UnclosedGuards == 0 && Due == 0 && OpenExecutions == 0 && OpenQuestions == 0;
}
