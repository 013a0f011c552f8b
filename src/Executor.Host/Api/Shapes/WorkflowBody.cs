using Executor.Core;
using Executor.Core.Workflows;
using Executor.Host.Output;

namespace Executor.Host.Api.Shapes;

/// <param name="Ref">The name that it is started by.</param>
/// <param name="Number">Counted per name, from 1.</param>
/// <param name="Version">The author's own.</param>
/// <param name="Definition">The YAML text; left out in lists.</param>
/// <param name="Warnings">What its author should look at; only in the answer to storing it, and left out where there is nothing.</param>
internal sealed record WorkflowBody(
    string Ref, int Number, string? Version, string Hash, DateTimeOffset StoredAt, string? StoredBy,
    string? Definition = null, IReadOnlyList<WarningBody>? Warnings = null)
{
    public static WorkflowBody Of(StoredWorkflow stored) => new(
        stored.Reference, stored.Number, stored.Version, stored.Hash, stored.StoredAt, stored.By);
}

/// <param name="Line">In the text that was stored, from 1.</param>
/// <param name="Column">Counted in characters, from 1.</param>
internal sealed record WarningBody(string Severity, string Code, string Message, int Line, int Column, string? Advice)
{
    /// <returns>Null when there is none.</returns>
    public static IReadOnlyList<WarningBody>? Of(IReadOnlyList<SpecProblem> problems) => problems.Count == 0
        ? null
        : [.. problems.Select(one => new WarningBody(
            ProblemLines.Kind(one.Severity), one.Code, one.Message, one.At.Line, one.At.Column, one.Advice))];
}

/// <param name="Next">For the next page as <c>?after=</c>; null when this is the last.</param>
internal sealed record WorkflowPage(IReadOnlyList<WorkflowBody> Workflows, string? Next);
