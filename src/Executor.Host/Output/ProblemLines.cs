using Executor.Core.Runs;
using Executor.Core.Workflows;

namespace Executor.Host.Output;

/// <summary>A problem for people: code, place, sentence, and below it what to do.</summary>
internal static class ProblemLines
{
    public static IEnumerable<string> Of(string kind, string code, string message, string? place, string? advice)
    {
        var where = place is null ? "" : $"{SafeText.OneLine(place)}: ";
        yield return $"{where}{kind} {SafeText.OneLine(code)}: {SafeText.OneLine(message)}";
        if (advice is not null)
        {
            yield return $"  {SafeText.OneLine(advice)}";
        }
    }

    public static IEnumerable<string> Of(string file, SpecProblem problem) => Of(
        Kind(problem.Severity), problem.Code, problem.Message, $"{file}:{problem.At}", problem.Advice);

    public static IEnumerable<string> Of(RunProblem problem)
    {
        var where = problem.Task is null ? "" : $"task '{problem.Task}': ";
        var kind = problem.IsWarning ? "warning" : "error";
        return Of(kind, problem.Code, where + problem.Message, null, ProblemAdvice.Of(problem.Code));
    }

    public static string Kind(ProblemSeverity severity) => severity == ProblemSeverity.Error ? "error" : "warning";
}
