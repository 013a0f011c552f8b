namespace Executor.Storage.Rows;

/// <summary>Questions on their way into their table: the newer row wins, and a closed one stays. Shared by all databases.</summary>
internal static class InquiryWrites
{
    public const string Into =
        """
        INSERT INTO inquiry (
            id, run, task, visit, item, attempt, sequence, workflow, status, closed, input, opened_at, due_at, closed_at,
            response, responded_by)
        """;

    public const string Newer =
        """
        ON CONFLICT (id) DO UPDATE SET
            sequence = excluded.sequence, workflow = excluded.workflow, status = excluded.status,
            closed = excluded.closed, input = excluded.input, opened_at = excluded.opened_at, due_at = excluded.due_at,
            closed_at = excluded.closed_at, response = excluded.response, responded_by = excluded.responded_by
        WHERE inquiry.sequence <= excluded.sequence AND inquiry.closed = 0
        """;
}
