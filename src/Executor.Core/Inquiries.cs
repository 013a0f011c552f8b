using Executor.Core.Runs;
using Executor.Core.Values;

namespace Executor.Core;

/// <summary>Questions to people as rows. Never read to decide: the run's journal says what is open and what is answered.</summary>
/// <remarks>Every call throws <see cref="StorageException"/> as the guard does. Times are kept to the microsecond.</remarks>
public interface IInquiryStore
{
    /// <summary>
    /// All or nothing. A row with a lower sequence number than the stored one, or for a question that is closed, changes
    /// nothing; so repeating is safe.
    /// </summary>
    /// <param name="rows">At most 500.</param>
    Task WriteAsync(IReadOnlyList<InquiryRow> rows, CancellationToken stop);

    /// <summary>Newest first, by opening and then by id; the order of a page does not change while questions are added.</summary>
    Task<IReadOnlyList<InquiryRow>> ListAsync(InquiryQuery query, CancellationToken stop);

    /// <returns>Null when there is none.</returns>
    Task<InquiryRow?> FindAsync(DispatchId id, CancellationToken stop);
}

/// <param name="Limit">Rows wanted; one more than shown tells whether there are more.</param>
/// <param name="Before">The last row of the page before; null for the first page.</param>
/// <param name="OnlyOpen">Leaves out those that are closed, answered or not.</param>
/// <param name="Run">Only questions of this run.</param>
public sealed record InquiryQuery(int Limit, DispatchId? Before = null, bool OnlyOpen = false, RunId? Run = null);

/// <param name="Id">Of the dispatch that is the question: the same however often it is asked for.</param>
/// <param name="Sequence">Number of the journal entry that the row shows; the newer wins.</param>
/// <param name="Status">Running while it is open; completed when it is answered, by a person or by its default.</param>
/// <param name="Input">The rendered input of its task: <c>prompt</c>, <c>response_schema</c>, and so on.</param>
/// <param name="DueAt">Null when it waits as long as it takes.</param>
/// <param name="Response">Null unless answered.</param>
/// <param name="RespondedBy">Null unless a person has answered.</param>
public sealed record InquiryRow(
    DispatchId Id, RunId Run, Slot Slot, long Sequence, string Workflow, SlotStatus Status, Value.Map Input,
    DateTimeOffset OpenedAt, DateTimeOffset? DueAt, DateTimeOffset? ClosedAt, Value? Response, string? RespondedBy)
{
    public bool IsOpen => Status == SlotStatus.Running;
}
