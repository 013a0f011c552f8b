using Executor.Core;
using Executor.Core.Runs;

namespace Executor.Storage.Rows;

/// <summary>A row of <c>execution</c> as it stands in the database.</summary>
internal sealed class ExecutionLine
{
    public const string Columns =
        """
        dispatch_id AS id, run, task, visit, item, attempt, sequence, status, action, worker, created_at AS created,
        ended_at AS ended, error
        """;

    public required string Id { get; init; }

    public required string Run { get; init; }

    public required string Task { get; init; }

    public int Visit { get; init; }

    public int Item { get; init; }

    public int Attempt { get; init; }

    public long Sequence { get; init; }

    public required string Status { get; init; }

    public required string Action { get; init; }

    public string? Worker { get; init; }

    public long Created { get; init; }

    public long? Ended { get; init; }

    public string? Error { get; init; }

    public ExecutionRow ToRow() => new(
        new DispatchId(Id), new RunId(Run), new Slot(Task, Visit, Item, Attempt), Sequence,
        Words<SlotStatus>.Parse(Status), Action, Worker, Micros.ToTime(Created), Micros.ToTime(Ended), Error);
}
