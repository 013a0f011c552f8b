using Executor.Core;
using Executor.Core.Runs;
using Executor.Core.Values;

namespace Executor.Storage.Rows;

/// <summary>A row of <c>run</c> as it stands in the database.</summary>
internal sealed class RunLine
{
    public const string Columns =
        """
        id, sequence, workflow, definition_hash AS hash, status, current_tasks AS current, completed_tasks AS completed,
        failed_tasks AS failed, skipped_tasks AS skipped, output, error, request_key AS key, started_at AS started,
        ended_at AS ended, parent, parent_task AS parentTask, parent_visit AS parentVisit, parent_item AS parentItem,
        parent_attempt AS parentAttempt, origin
        """;

    public required string Id { get; init; }

    public long Sequence { get; init; }

    public required string Workflow { get; init; }

    public required string Hash { get; init; }

    public required string Status { get; init; }

    public required string Current { get; init; }

    public required string Completed { get; init; }

    public required string Failed { get; init; }

    public required string Skipped { get; init; }

    public required string Output { get; init; }

    public string? Error { get; init; }

    public string? Key { get; init; }

    public long Started { get; init; }

    public long? Ended { get; init; }

    public string? Parent { get; init; }

    public string? ParentTask { get; init; }

    public int? ParentVisit { get; init; }

    public int? ParentItem { get; init; }

    public int? ParentAttempt { get; init; }

    public string? Origin { get; init; }

    public RunRow ToRow() => new(
        new RunId(Id), Sequence, Workflow, Hash, Words<RunStatus>.Parse(Status),
        Names.Parse(Current), Names.Parse(Completed), Names.Parse(Failed), Names.Parse(Skipped),
        ValueJson.Parse(Output), Error, Key, Micros.ToTime(Started), Micros.ToTime(Ended))
    {
        Parent = Parent is null
            ? null
            : new RunCaller(
                new RunId(Parent),
                new Slot(ParentTask!, ParentVisit!.Value, ParentItem!.Value, ParentAttempt!.Value)),
        Origin = Origin is null ? null : new RunId(Origin),
    };
}
