using Executor.Core.Rehearsing;
using Executor.Core.Runs;
using Executor.Core.Workflows;

namespace Executor.Rehearsal;

/// <summary>Nothing was run: the workflow, the script or the inputs have mistakes. The message tells all of them.</summary>
public sealed class WorkflowRefusedException : Exception
{
    internal WorkflowRefusedException(string name, IEnumerable<SpecProblem> problems)
        : base(string.Join('\n', problems.Where(problem => problem.Severity == ProblemSeverity.Error)
            .Select(problem => Text(name, problem))))
    {
    }

    internal WorkflowRefusedException(Refusal refusal)
        : base(Text(refusal)) => Refusal = refusal;

    internal WorkflowRefusedException(string sentence)
        : base(sentence)
    {
    }

    /// <summary>Null when it was not the run that was refused.</summary>
    internal Refusal? Refusal { get; }

    private static string Text(Refusal refusal)
    {
        if (refusal is ScriptRefusal { InScript: { } wrong })
        {
            return Text("script", wrong);
        }

        var lines = refusal.Problems.Select(problem => $"{problem.Code}: {problem.Message}").DefaultIfEmpty(
            $"{refusal.Code}: {refusal.Message} {ProblemAdvice.Of(refusal.Code)}".TrimEnd());
        return string.Join('\n', lines);
    }

    private static string Text(string name, SpecProblem problem) =>
        $"{name}:{problem.At}: {problem.Code}: {problem.Message} {problem.Advice}";
}
