using System.Collections.Immutable;
using Executor.Core.Expressions;
using Executor.Core.Runs.Reruns;
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
            return Calling.Hear(run, start, actions);
        }

        if (start.Stop is { } stop)
        {
            return Ended(run, start, new RunEvent.CancelRequested(stop.Reason, start.At, stop.StopRunning));
        }

        var decision = Begin(run, start, actions);
        return decision.Refusal is { } refusal && start.Parent is not null
            ? Ended(run, start, [.. Problems(refusal).Select(problem => new RunEvent.ProblemFound(problem))])
            : decision;
    }

    private static Decision Begin(RunState run, RunCommand.Start start, KnownActions? actions)
    {
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
        var (variables, refusal) = Variables(run with { Workflow = workflow, Inputs = inputs, StartedAt = start.At }, start);
        if (refusal is not null)
        {
            return refusal;
        }

        var draft = new Draft(run, start.At, actions);
        draft.Add(Started(start, inputs, variables, Due(start)));
        foreach (var (action, called) in start.Called ?? [])
        {
            Calling.Freeze(draft, action, called);
        }

        if (Pausing.IsPause(start.Turn))
        {
            draft.Add(Pausing.ByCaller(start));
        }
        else if (start.Plan is { } plan)
        {
            if (Rerunning.Begin(draft, plan) is { } cannot)
            {
                return new Decision([], cannot);
            }
        }
        else
        {
            Enter(draft);
        }

        return draft.Complete();
    }

    /// <summary>A rerun that keeps something goes on from what its origin has begun with.</summary>
    private static (Value.Map Variables, Decision? Refusal) Variables(RunState fresh, RunCommand.Start start)
    {
        if (start.Plan is { } plan)
        {
            return (plan.Variables, null);
        }

        var variables = Value.Map.Empty;
        foreach (var (name, template, _) in start.Workflow.Vars)
        {
            try
            {
                var scope = RunScope.OfRun(fresh, variables, start.At, $"vars/{name}");
                variables = variables.With(name, template.Render(scope));
            }
            catch (ExpressionException failed)
            {
                return (variables, Decision.Refused(RunCodes.VarsError, $"Variable '{name}': {Faults.Text(failed)}"));
            }
        }

        return (variables, null);
    }

    public static void Enter(Draft draft)
    {
        foreach (var task in draft.Run.Graph!.Entries)
        {
            Opening.Open(draft, task, 1, openedBy: null);
        }
    }

    /// <summary>A called run of which no task ever begins: its caller hears of its end.</summary>
    private static Decision Ended(RunState run, RunCommand.Start start, params ReadOnlySpan<RunEvent> why)
    {
        var draft = new Draft(run, start.At);
        draft.Add(Started(start, start.Inputs, Value.Map.Empty, due: null));
        foreach (var happened in why)
        {
            draft.Add(happened);
        }

        return draft.Complete();
    }

    private static RunEvent.RunStarted Started(
        RunCommand.Start start, Value.Map inputs, Value.Map variables, DateTimeOffset? due) => new(
        start.Workflow, inputs, variables, start.Limits, start.RequestKey, due, start.At, start.Parent,
        start.Turn, start.Origin);

    /// <summary>The workflow's own time counts from its start, that of its caller from the call.</summary>
    private static DateTimeOffset? Due(RunCommand.Start start)
    {
        var own = start.At + start.Workflow.Timeout;
        var given = start.Parent?.CalledAt + start.Parent?.Timeout;
        return given < own || own is null ? given : own;
    }

    private static ImmutableArray<RunProblem> Problems(Refusal refusal) => refusal.Problems.IsEmpty
        ? [new RunProblem(refusal.Code, refusal.Message)]
        : refusal.Problems;

    private static Decision Refused(WorkflowSpec workflow, InputReading reading)
    {
        ImmutableArray<RunProblem> problems =
            [.. reading.Problems.Select(one => new RunProblem(one.Code, one.Text))];
        var causes = string.Join(' ', problems.Select(problem => problem.Message));
        var message = $"{workflow.Ref} does not take these inputs: {causes}";
        return new Decision([], new Refusal(problems[0].Code, message, problems));
    }
}
