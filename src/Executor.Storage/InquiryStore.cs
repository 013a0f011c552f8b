using Executor.Core;
using Executor.Core.Runs;
using Executor.Core.Values;
using Executor.Storage.Reading;
using Executor.Storage.Rows;
using Executor.Storage.Writing;

namespace Executor.Storage;

internal sealed class InquiryStore(SqliteWriter writer, Database database) : IInquiryStore
{
    private const string Write =
        $"""
        {InquiryWrites.Into}
        VALUES (
            @id, @run, @task, @visit, @item, @attempt, @sequence, @workflow, @status, @closed, @input, @opened, @due,
            @closedAt, @response, @by)
        {InquiryWrites.Newer}
        """;

    private readonly InquiryReads _reads = new(database);

    public Task WriteAsync(IReadOnlyList<InquiryRow> rows, CancellationToken stop) => writer.RunAsync(
        session =>
        {
            foreach (var row in rows)
            {
                Set(session.Prepare(Write), row).Execute();
            }

            return rows.Count;
        },
        stop);

    public Task<IReadOnlyList<InquiryRow>> ListAsync(InquiryQuery query, CancellationToken stop) =>
        _reads.ListAsync(query, stop);

    public Task<InquiryRow?> FindAsync(DispatchId id, CancellationToken stop) => _reads.FindAsync(id, stop);

    private static Statement Set(Statement statement, InquiryRow row) => statement
        .SetSlot(row.Id, row.Run, row.Slot)
        .Set("@sequence", row.Sequence)
        .Set("@workflow", row.Workflow)
        .Set("@status", Words<SlotStatus>.Of(row.Status))
        .Set("@closed", !row.IsOpen)
        .Set("@input", ValueJson.Write(row.Input))
        .Set("@opened", Micros.Of(row.OpenedAt))
        .Set("@due", Micros.Of(row.DueAt))
        .Set("@closedAt", Micros.Of(row.ClosedAt))
        .Set("@response", row.Response is { } response ? ValueJson.Write(response) : null)
        .Set("@by", row.RespondedBy);
}
