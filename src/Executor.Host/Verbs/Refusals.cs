using System.Collections.Immutable;
using Executor.Core.Runs;
using Executor.Core.Workflows;
using Executor.Host.Client;
using Executor.Host.Local;
using Executor.Host.Output;

namespace Executor.Host.Verbs;

/// <summary>Nothing was started: people read why on standard error, programs on standard output.</summary>
internal static class Refusals
{
    /// <summary>Of a file and of those that it calls.</summary>
    public static int Say(WorkflowFile file, bool json)
    {
        ImmutableArray<WorkflowFile> all = [file, .. file.Called];
        foreach (var line in all.SelectMany(one => one.Problems.SelectMany(problem => ProblemLines.Of(one.Path, problem))))
        {
            Talk.Line(line);
        }

        if (json)
        {
            ResultText.Write(RunJson.Refused([.. all.SelectMany(one => one.Problems)]));
        }

        return ExitCode.Unusable;
    }

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

    /// <summary>As a server has told it.</summary>
    public static int Say(Refused refused, bool json)
    {
        var problems = refused.Problems.Count > 0
            ? refused.Problems.Select(problem => new RunProblem(
                (string)problem["code"]!, (string)problem["message"]!, (string?)problem["task"],
                (string?)problem["severity"] == "warning"))
            : [new RunProblem(refused.Code, refused.Message)];
        return Say(new Refusal(refused.Code, refused.Message, [.. problems]), json);
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
