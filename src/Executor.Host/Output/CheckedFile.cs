using System.Collections.Immutable;
using Executor.Core.Workflows;

namespace Executor.Host.Output;

/// <summary>A file with all that is wrong in it.</summary>
/// <param name="Path">As it was given.</param>
internal sealed record CheckedFile(string Path, ImmutableArray<SpecProblem> Problems)
{
    public int Count(ProblemSeverity severity) => Problems.Count(problem => problem.Severity == severity);
}
