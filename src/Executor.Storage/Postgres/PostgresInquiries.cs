using Executor.Core;
using Executor.Core.Runs;
using Executor.Core.Values;
using Executor.Storage.Reading;
using Executor.Storage.Rows;
using Npgsql;

namespace Executor.Storage.Postgres;

internal sealed class PostgresInquiries(PostgresDatabase database) : IInquiryStore
{
    private const string Write =
        $"""
        {InquiryWrites.Into}
        SELECT * FROM unnest(
            @ids, @runs, @tasks, @visits, @items, @attempts, @sequence, @workflow, @status, @closed, @input, @opened, @due,
            @closedAt, @response, @by)
        {InquiryWrites.Newer}
        """;

    private readonly InquiryReads _reads = new(database);

    public Task WriteAsync(IReadOnlyList<InquiryRow> rows, CancellationToken stop)
    {
        if (rows.Count == 0)
        {
            return Task.CompletedTask;
        }

        return database.RunAsync(
            async connection =>
            {
                await using var commands = new NpgsqlBatch(connection);
                foreach (var wave in Waves.Of(rows, row => row.Id.Text))
                {
                    var command = new NpgsqlBatchCommand(Write);
                    commands.BatchCommands.Add(command);
                    Bind(command.Parameters, wave.Items);
                }

                return await commands.ExecuteNonQueryAsync(stop);
            },
            stop);
    }

    public Task<IReadOnlyList<InquiryRow>> ListAsync(InquiryQuery query, CancellationToken stop) =>
        _reads.ListAsync(query, stop);

    public Task<InquiryRow?> FindAsync(DispatchId id, CancellationToken stop) => _reads.FindAsync(id, stop);

    private static void Bind(NpgsqlParameterCollection values, List<InquiryRow> rows) => values
        .Slots(rows, row => (row.Id, row.Run, row.Slot))
        .Longs("sequence", rows, row => row.Sequence)
        .Texts("workflow", rows, row => row.Workflow)
        .Texts("status", rows, row => Words<SlotStatus>.Of(row.Status))
        .Numbers("closed", rows, row => row.IsOpen ? 0 : 1)
        .Texts("input", rows, row => ValueJson.Write(row.Input))
        .Longs("opened", rows, row => Micros.Of(row.OpenedAt))
        .Longs("due", rows, row => Micros.Of(row.DueAt))
        .Longs("closedAt", rows, row => Micros.Of(row.ClosedAt))
        .Texts("response", rows, row => row.Response is { } response ? ValueJson.Write(response) : null)
        .Texts("by", rows, row => row.RespondedBy);
}
