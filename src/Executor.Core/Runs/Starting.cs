using System.Collections.Immutable;
using Executor.Core.Expressions;
using Executor.Core.Values;
using Executor.Core.Workflows;

namespace Executor.Core.Runs;

/// <summary>The start of a run: all inputs are checked, then the entry tasks open in written order.</summary>
internal static class Starting
{
    public static Decision Start(RunState run, RunCommand.Start start, KnownActions? actions)
    {
        if (run.HasStarted)
        {
            return Decision.Nothing;
        }

        var workflow = start.Workflow;
        if (workflow.Graph.Entries.IsEmpty)
        {
            var message = $"Every task of {workflow.Ref} has a transition that leads to it.";
            return Decision.Refused(RunCodes.NoEntry, message);
        }

        var reading = Inputs.Check(workflow.Parameters, start.Inputs);
        if (!reading.Problems.IsEmpty)
        {
            return Refused(workflow, reading);
        }

        var inputs = reading.Values;
        var fresh = run with { Workflow = workflow, Inputs = inputs, StartedAt = start.At };
        var variables = Value.Map.Empty;
        foreach (var (name, template, _) in workflow.Vars)
        {
            try
            {
                var scope = RunScope.OfRun(fresh, variables, start.At, $"vars/{name}");
                variables = variables.With(name, template.Render(scope));
            }
            catch (ExpressionException failed)
            {
                return Decision.Refused(RunCodes.VarsError, $"Variable '{name}': {Faults.Text(failed)}");
            }
        }

        var draft = new Draft(run, start.At, actions);
        draft.Add(new RunEvent.RunStarted(
            workflow, inputs, variables, start.Limits, start.RequestKey, start.At + workflow.Timeout, start.At));
        foreach (var task in draft.Run.Graph!.Entries)
        {
            Opening.Open(draft, task, 1, openedBy: null);
        }

        return draft.Complete();
    }

    private static Decision Refused(WorkflowSpec workflow, InputReading reading)
    {
        ImmutableArray<RunProblem> problems =
            [.. reading.Problems.Select(one => new RunProblem(one.Code, one.Text))];
        var causes = string.Join(' ', problems.Select(problem => problem.Message));
        var message = $"{workflow.Ref} does not take these inputs: {causes}";
        return new Decision([], new Refusal(problems[0].Code, message, problems));
    }
}
