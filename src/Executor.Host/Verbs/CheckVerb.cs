using System.Collections.Immutable;
using System.CommandLine;
using Executor.Core.Workflows;
using Executor.Host.Local;
using Executor.Host.Output;
using Executor.Worker.Runners;

namespace Executor.Host.Verbs;

/// <summary>Says what is wrong in workflow files, without running anything.</summary>
internal static class CheckVerb
{
    public static Command Create()
    {
        var files = new Argument<string[]>("FILE")
        {
            Description = "Workflow files.",
            Arity = ArgumentArity.OneOrMore,
        };
        var output = CommonOptions.Output("text", "json", "github", "sarif");
        var strict = new Option<bool>("--strict") { Description = "Warnings count as problems." };
        var command = new Command(
            "check",
            "Checks workflow files and reports every problem with its place. "
            + "Exit code 0 clean, 1 problems, 2 no such file.")
        {
            files, output, strict,
        };
        command.SetAction(parsed => Check(
            parsed.GetRequiredValue(files), parsed.GetRequiredValue(output), parsed.GetValue(strict)));
        return command;
    }

    private static int Check(string[] paths, string form, bool strict)
    {
        var missing = false;
        var seen = paths.Select(Path.GetFullPath).ToHashSet(StringComparer.Ordinal);
        var files = ImmutableArray.CreateBuilder<CheckedFile>();
        foreach (var path in paths)
        {
            try
            {
                var file = WorkflowFile.Read(path, CoreActionSpecs.Known);
                files.Add(new CheckedFile(path, file.Problems));
                files.AddRange(file.Called.Where(called => seen.Add(Path.GetFullPath(called.Path)))
                    .Select(called => new CheckedFile(called.Path, called.Problems)));
            }
            catch (Unusable problem)
            {
                Talk.Error(problem.Code, problem.Message, problem.Place, problem.Advice);
                missing = true;
            }
        }

        var found = files.ToImmutable();
        ResultText.Write(form switch
        {
            "json" => CheckText.Json(found),
            "github" => CheckText.GitHub(found),
            "sarif" => Sarif.Of(found),
            _ => CheckText.ForPeople(found),
        });
        return missing ? ExitCode.Unusable : Verdict(found, strict);
    }

    private static int Verdict(ImmutableArray<CheckedFile> files, bool strict)
    {
        var bad = files.Any(file => file.Problems.Any(
            problem => strict || problem.Severity == ProblemSeverity.Error));
        return bad ? ExitCode.Failed : ExitCode.Completed;
    }
}
