using Executor.Core;
using Executor.Core.Runs;
using Executor.Core.Values;

namespace Executor.Storage.Rows;

/// <summary>A row of <c>inquiry</c> as it stands in the database.</summary>
internal sealed class InquiryLine
{
    public const string Columns =
        """
        id, run, task, visit, item, attempt, sequence, workflow, status, input, opened_at AS opened, due_at AS due,
        closed_at AS closedAt, response, responded_by AS respondedBy
        """;

    public required string Id { get; init; }

    public required string Run { get; init; }

    public required string Task { get; init; }

    public int Visit { get; init; }

    public int Item { get; init; }

    public int Attempt { get; init; }

    public long Sequence { get; init; }

    public required string Workflow { get; init; }

    public required string Status { get; init; }

    public required string Input { get; init; }

    public long Opened { get; init; }

    public long? Due { get; init; }

    public long? ClosedAt { get; init; }

    public string? Response { get; init; }

    public string? RespondedBy { get; init; }

    public InquiryRow ToRow() => new(
        new DispatchId(Id), new RunId(Run), new Slot(Task, Visit, Item, Attempt), Sequence, Workflow,
        Words<SlotStatus>.Parse(Status), (Value.Map)ValueJson.Parse(Input), Micros.ToTime(Opened), Micros.ToTime(Due),
        Micros.ToTime(ClosedAt), Response is null ? null : ValueJson.Parse(Response), RespondedBy);
}
