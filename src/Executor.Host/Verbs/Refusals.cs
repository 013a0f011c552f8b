using System.Collections.Immutable;
using Executor.Core.Runs;
using Executor.Core.Workflows;
using Executor.Host.Output;

namespace Executor.Host.Verbs;

/// <summary>Nothing was started: people read why on standard error, programs on standard output.</summary>
internal static class Refusals
{
    public static int Say(string path, ImmutableArray<SpecProblem> problems, bool json)
    {
        foreach (var line in problems.SelectMany(problem => ProblemLines.Of(path, problem)))
        {
            Talk.Line(line);
        }

        if (json)
        {
            ResultText.Write(RunJson.Refused(problems));
        }

        return ExitCode.Unusable;
    }

    public static int Say(Refusal refusal, bool json)
    {
        var problems = refusal.Problems.IsEmpty
            ? [new RunProblem(refusal.Code, refusal.Message)]
            : refusal.Problems;
        foreach (var line in problems.SelectMany(ProblemLines.Of))
        {
            Talk.Line(line);
        }

        if (json)
        {
            ResultText.Write(RunJson.Refused(refusal));
        }

        return ExitCode.Unusable;
    }
}
