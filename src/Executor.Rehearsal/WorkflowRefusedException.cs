using Executor.Core.Runs;
using Executor.Core.Workflows;

namespace Executor.Rehearsal;

/// <summary>Nothing was run: the workflow, the script or the inputs have mistakes. The message tells all of them.</summary>
public sealed class WorkflowRefusedException : Exception
{
    internal WorkflowRefusedException(string name, IEnumerable<SpecProblem> problems)
        : base(string.Join('\n', problems.Where(problem => problem.Severity == ProblemSeverity.Error)
            .Select(problem => $"{name}:{problem.At}: {problem.Code}: {problem.Message} {problem.Advice}")))
    {
    }

    internal WorkflowRefusedException(Refusal refusal)
        : base(string.Join('\n', refusal.Problems.Select(problem => $"{problem.Code}: {problem.Message}")
            .DefaultIfEmpty($"{refusal.Code}: {refusal.Message}"))) => Refusal = refusal;

    /// <summary>Null when it was not the run that was refused.</summary>
    internal Refusal? Refusal { get; }
}
