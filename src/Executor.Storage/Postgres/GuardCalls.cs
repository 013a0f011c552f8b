using System.Data.Common;
using Executor.Core;
using Executor.Core.Runs;
using Executor.Storage.Rows;
using Npgsql;

namespace Executor.Storage.Postgres;

/// <summary>How statements of the guard are asked and answered.</summary>
internal static class GuardCalls
{
    /// <summary>One statement for the whole batch; where an id stands in it twice, one after the other.</summary>
    /// <param name="sql">Answers rows whose first column is the id, or none.</param>
    /// <param name="answer">The row is null where the statement answered none for the element.</param>
    /// <returns>In order of the batch.</returns>
    public static Task<IReadOnlyList<TAnswer>> EachAsync<TItem, TRow, TAnswer>(
        this PostgresDatabase database, IReadOnlyList<TItem> batch, Func<TItem, DispatchId> id, string sql,
        Action<NpgsqlParameterCollection, List<TItem>> bind, Func<DbDataReader, TRow> read,
        Func<TItem, TRow?, TAnswer> answer, CancellationToken stop)
        where TRow : class
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(batch.Count, IDispatchGuard.BatchLimit, nameof(batch));
        if (batch.Count == 0)
        {
            return Task.FromResult<IReadOnlyList<TAnswer>>([]);
        }

        var waves = Waves.Of(batch, item => id(item).Text);
        return database.RunAsync<IReadOnlyList<TAnswer>>(
            async connection =>
            {
                await using var commands = new NpgsqlBatch(connection);
                foreach (var wave in waves)
                {
                    var command = new NpgsqlBatchCommand(sql);
                    bind(command.Parameters, wave.Items);
                    commands.BatchCommands.Add(command);
                }

                var answers = new TAnswer[batch.Count];
                await using var reader = await commands.ExecuteReaderAsync(stop);
                foreach (var wave in waves)
                {
                    var rows = await RowsByIdAsync(reader, read, stop);
                    foreach (var (item, position) in wave.Items.Zip(wave.Positions))
                    {
                        answers[position] = answer(item, rows.GetValueOrDefault(id(item).Text));
                    }

                    await reader.NextResultAsync(stop);
                }

                return answers;
            },
            stop);
    }

    public static Task<IReadOnlyList<GuardRow>> RowsAsync(
        this PostgresDatabase database, string sql, Action<NpgsqlParameterCollection> bind, CancellationToken stop) =>
        database.RowsAsync(sql, bind, GuardRows.Read, stop);

    public static Task<IReadOnlyList<T>> RowsAsync<T>(
        this PostgresDatabase database, string sql, Action<NpgsqlParameterCollection> bind, Func<DbDataReader, T> read,
        CancellationToken stop) =>
        database.RunAsync<IReadOnlyList<T>>(
            async connection =>
            {
                await using var command = new NpgsqlCommand(sql, connection);
                bind(command.Parameters);
                await using var reader = await command.ExecuteReaderAsync(stop);
                var rows = new List<T>();
                while (await reader.ReadAsync(stop))
                {
                    rows.Add(read(reader));
                }

                return rows;
            },
            stop);

    public static NpgsqlParameterCollection Slots<T>(
        this NpgsqlParameterCollection values, List<T> rows, Func<T, (DispatchId Id, RunId Run, Slot Slot)> of) => values
        .Texts("ids", rows, row => of(row).Id.Text)
        .Texts("runs", rows, row => of(row).Run.Text)
        .Texts("tasks", rows, row => of(row).Slot.Task)
        .Numbers("visits", rows, row => of(row).Slot.Visit)
        .Numbers("items", rows, row => of(row).Slot.Item)
        .Numbers("attempts", rows, row => of(row).Slot.Attempt);

    private static async Task<Dictionary<string, TRow>> RowsByIdAsync<TRow>(
        DbDataReader reader, Func<DbDataReader, TRow> read, CancellationToken stop)
    {
        var rows = new Dictionary<string, TRow>(StringComparer.Ordinal);
        while (await reader.ReadAsync(stop))
        {
            rows.Add(reader.GetString(0), read(reader));
        }

        return rows;
    }
}
