using Executor.Core;

namespace Executor.Host.Api.Shapes;

/// <param name="Ref">The name that it is started by.</param>
/// <param name="Number">Counted per name, from 1.</param>
/// <param name="Version">The author's own.</param>
/// <param name="Definition">The YAML text; left out in lists.</param>
internal sealed record WorkflowBody(
    string Ref, int Number, string? Version, string Hash, DateTimeOffset StoredAt, string? StoredBy,
    string? Definition = null)
{
    public static WorkflowBody Of(StoredWorkflow stored) => new(
        stored.Reference, stored.Number, stored.Version, stored.Hash, stored.StoredAt, stored.By);
}

/// <param name="Next">For the next page as <c>?after=</c>; null when this is the last.</param>
internal sealed record WorkflowPage(IReadOnlyList<WorkflowBody> Workflows, string? Next);
