using System.CommandLine;
using Executor.Core.Rehearsing;
using Executor.Core.Workflows;
using Executor.Host.Local;
using Executor.Host.Output;

namespace Executor.Host.Verbs;

/// <summary>Runs a workflow without workers and without time: how people test workflows.</summary>
internal static class RehearseVerb
{
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "The workflow file." };
        var script = new Option<string>("--script")
        {
            Description = "Inputs, results of the tasks, order of their ends and controls, as YAML or JSON.",
            HelpName = "SCRIPT",
            Required = true,
        };
        var output = CommonOptions.Output("text", "json");
        var command = new Command(
            "rehearse",
            "Runs a workflow with scripted results, no worker and virtual time. "
            + "Exit code 0 whatever the run's status, 2 when it is refused.")
        {
            file, script, output,
        };
        command.SetAction(parsed => Rehearse(
            parsed.GetRequiredValue(file), parsed.GetRequiredValue(script), parsed.GetValue(output) == "json"));
        return command;
    }

    private static int Rehearse(string path, string scriptPath, bool json)
    {
        var workflow = WorkflowFile.Read(path, KnownActions.None);
        if (workflow.Spec is not { } spec || workflow.HasErrors)
        {
            return Refusals.Say(path, workflow.Problems, json);
        }

        var reading = ScriptReader.Read(WorkflowFile.Text(scriptPath), spec);
        if (reading.Script is not { } script)
        {
            return Refusals.Say(scriptPath, reading.Problems, json);
        }

        foreach (var line in reading.Problems.SelectMany(problem => ProblemLines.Of(scriptPath, problem)))
        {
            Talk.Line(line);
        }

        var (report, refusal) = Rehearsal.Of(spec, script);
        if (refusal is not null)
        {
            return Refusals.Say(refusal, json);
        }

        ResultText.Write(json ? RehearsalText.Json(report!) : RehearsalText.ForPeople(report!));
        return ExitCode.Completed;
    }
}
