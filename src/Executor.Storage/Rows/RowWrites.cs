namespace Executor.Storage.Rows;

/// <summary>Rows for people on their way into a table: the newer one wins, and an end is an end. Shared by all databases.</summary>
internal static class RowWrites
{
    public const string IntoRun =
        """
        INSERT INTO run (
            id, sequence, workflow, definition_hash, status, ended, current_tasks, completed_tasks, failed_tasks,
            skipped_tasks, output, error, request_key, started_at, ended_at, parent, parent_task, parent_visit, parent_item,
            parent_attempt, origin)
        """;

    public const string NewerRun =
        """
        ON CONFLICT (id) DO UPDATE SET
            sequence = excluded.sequence, workflow = excluded.workflow, definition_hash = excluded.definition_hash,
            status = excluded.status, ended = excluded.ended, current_tasks = excluded.current_tasks,
            completed_tasks = excluded.completed_tasks, failed_tasks = excluded.failed_tasks,
            skipped_tasks = excluded.skipped_tasks, output = excluded.output, error = excluded.error,
            request_key = excluded.request_key, started_at = excluded.started_at, ended_at = excluded.ended_at,
            parent = excluded.parent, parent_task = excluded.parent_task, parent_visit = excluded.parent_visit,
            parent_item = excluded.parent_item, parent_attempt = excluded.parent_attempt,
            origin = excluded.origin
        WHERE run.sequence <= excluded.sequence AND run.ended = 0
        """;

    public const string IntoExecution =
        """
        INSERT INTO execution (
            dispatch_id, run, task, visit, item, attempt, sequence, status, ended, action, worker, created_at, ended_at,
            error)
        """;

    public const string NewerExecution =
        """
        ON CONFLICT (dispatch_id) DO UPDATE SET
            sequence = excluded.sequence, status = excluded.status, ended = excluded.ended, action = excluded.action,
            worker = excluded.worker, created_at = excluded.created_at, ended_at = excluded.ended_at,
            error = excluded.error
        WHERE execution.sequence <= excluded.sequence AND execution.ended = 0
        """;
}
