using Executor.Core.Expressions;

namespace Executor.Core.Workflows;

/// <summary>Something wrong in a workflow file.</summary>
/// <param name="Code">Stable, for example <c>spec.unknown-key</c>.</param>
/// <param name="Message">One sentence: what was expected, what came.</param>
/// <param name="Advice">One sentence: what to do about it.</param>
public sealed record SpecProblem(
    string Code, string Message, Position At, string? Advice = null, ProblemSeverity Severity = ProblemSeverity.Error);

public enum ProblemSeverity
{
    Error,
    Warning,
}
