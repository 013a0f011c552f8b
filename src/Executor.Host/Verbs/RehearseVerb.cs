using System.CommandLine;
using Executor.Core.Rehearsing;
using Executor.Core.Workflows;
using Executor.Host.Local;
using Executor.Host.Output;
using Executor.Rehearsal;

namespace Executor.Host.Verbs;

/// <summary>Runs a workflow without workers and without time: how people test workflows.</summary>
internal static class RehearseVerb
{
    private const int MostTrials = 10_000_000;
    private const string UsualTrials = "1000";
    private const double UsualFailures = 0.2;

    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "The workflow file." };
        var script = new Option<string>("--script")
        {
            Description = "Inputs, results of the tasks, order of their ends, controls, and what is expected, as YAML or JSON.",
            HelpName = "SCRIPT",
            Required = true,
        };
        var explore = CheckedOptions.Whole(
            "--explore",
            "Rehearses N random orders of ends with random failures, and tells what ends otherwise than the script "
            + "expects, or leaves a join waiting for ever.",
            UsualTrials, least: 1, MostTrials);
        var seed = CheckedOptions.Whole(
            "--seed", "Of the first trial of --explore; without it, any. The same seed gives the same trials.",
            "7", long.MinValue, long.MaxValue);
        var failures = CheckedOptions.Share(
            "--failures", "Share of the attempts that --explore lets end badly though the script lets them succeed, 0 to 1.",
            UsualFailures);
        var mayFail = new Option<string[]>("--may-fail")
        {
            Description = "Only attempts at these tasks end badly by chance; without it, all may.",
            HelpName = "TASK",
        };
        var output = CommonOptions.Output("text", "json");
        var command = new Command(
            "rehearse",
            "Runs a workflow with scripted results, no worker and virtual time. "
            + "Exit code 0 whatever the run's status, 1 when something went otherwise than the script expects, 2 when it is refused.")
        {
            file, script, explore, seed, failures, mayFail, output,
        };
        command.Validators.Add(given =>
        {
            foreach (var option in new Option[] { seed, failures, mayFail })
            {
                if (given.GetResult(option) is { Implicit: false } && given.GetResult(explore) is null)
                {
                    given.AddError($"{option.Name} means nothing without --explore; write it with --explore {UsualTrials}");
                }
            }
        });
        command.SetAction(parsed =>
        {
            var json = parsed.GetValue(output) == "json";
            var (path, scriptPath) = (parsed.GetRequiredValue(file), parsed.GetRequiredValue(script));
            if (Read(path, scriptPath, json) is not var (read, run))
            {
                return ExitCode.Unusable;
            }

            try
            {
                return parsed.GetValue(explore) is { } trials
                    ? Explore(
                        run, (int)trials, parsed.GetValue(seed) ?? Random.Shared.Next(), parsed.GetValue(failures),
                        parsed.GetValue(mayFail) ?? [], json)
                    : Rehearse(run, read, json);
            }
            catch (WorkflowRefusedException refused) when (refused.Refusal is { } refusal)
            {
                return refusal is ScriptRefusal { InScript: { } wrong }
                    ? Refusals.Say(scriptPath, [wrong], json)
                    : Refusals.Say(refusal, json);
            }
            catch (ArgumentException wrong)
            {
                throw new Unusable("cli.usage", wrong.Message, "see: executor rehearse --help");
            }
        });
        return command;
    }

    /// <returns>Null when one of the two has mistakes; they have been told.</returns>
    private static (RehearsalScript Script, ScriptedRun Run)? Read(string path, string scriptPath, bool json)
    {
        var workflow = WorkflowFile.Read(path, KnownActions.None);
        if (workflow.Spec is not { } spec || workflow.HasErrors)
        {
            Refusals.Say(workflow, json);
            return null;
        }

        var rehearsed = RehearsedWorkflow.Of(spec, workflow.Directory);
        var reading = ScriptReader.Read(WorkflowFile.Text(scriptPath), spec, rehearsed.Find);
        if (reading.Script is not { } script)
        {
            Refusals.Say(scriptPath, reading.Problems, json);
            return null;
        }

        foreach (var line in reading.Problems.SelectMany(problem => ProblemLines.Of(scriptPath, problem)))
        {
            Talk.Line(line);
        }

        return (script, rehearsed.Script().With(script));
    }

    private static int Rehearse(ScriptedRun scripted, RehearsalScript script, bool json)
    {
        var report = scripted.Run().Report;
        var misses = script.Expect.Misses(report);
        var expects = !ReferenceEquals(script.Expect, Expectation.Nothing);
        ResultText.Write(json ? RehearsalText.Json(report, expects ? misses : null) : RehearsalText.ForPeople(report));
        foreach (var miss in misses)
        {
            Talk.Line($"unexpected: {miss}");
        }

        return misses.IsEmpty ? ExitCode.Completed : ExitCode.Failed;
    }

    private static int Explore(
        ScriptedRun scripted, int trials, long seed, double failures, string[] mayFail, bool json)
    {
        var report = scripted.Explore(trials, seed, failures, mayFail).Report;
        ResultText.Write(json ? ExplorationText.Json(report) : ExplorationText.ForPeople(report));
        return report.Findings.IsEmpty ? ExitCode.Completed : ExitCode.Failed;
    }
}
