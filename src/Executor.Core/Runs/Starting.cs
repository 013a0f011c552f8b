using Executor.Core.Expressions;
using Executor.Core.Values;

namespace Executor.Core.Runs;

/// <summary>The start of a run: all inputs are checked, then the entry tasks open in written order.</summary>
internal static class Starting
{
    public static Decision Start(RunState run, RunCommand.Start start)
    {
        if (run.HasStarted)
        {
            return Decision.Nothing;
        }

        var workflow = start.Workflow;
        var inputs = start.Inputs;
        var fresh = run with { Workflow = workflow, Graph = new TaskGraph(workflow), Inputs = inputs, StartedAt = start.At };
        if (fresh.Graph.Entries.IsEmpty)
        {
            return Decision.Refused("workflow.no-entry", $"Every task of {workflow.Ref} has a transition that leads to it.");
        }

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
                return Decision.Refused("vars.error", $"Variable '{name}': {Faults.Text(failed)}");
            }
        }

        var draft = new Draft(run, start.At);
        draft.Add(new RunEvent.RunStarted(
            workflow, inputs, variables, start.Limits, start.RequestKey, start.At + workflow.Timeout, start.At));
        foreach (var task in draft.Run.Graph!.Entries)
        {
            Opening.Open(draft, task, 1, openedBy: null);
        }

        return draft.Complete();
    }
}
