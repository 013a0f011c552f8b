using Executor.Core.Workflows.Checks;

namespace Executor.Core.Workflows;

/// <summary>Reads a workflow and finds, before any run, what is wrong with it as a whole.</summary>
public static class WorkflowCheck
{
    /// <param name="knownActions">Null when no catalogue is at hand.</param>
    /// <returns>Mistakes of reading and of sense together.</returns>
    public static WorkflowReading Run(string source, string defaultRef, KnownActions? knownActions = null)
    {
        var problems = new ProblemList { IsCheck = true };
        var spec = WorkflowYaml.Draft(source, defaultRef, problems);
        if (spec is not null)
        {
            Run(spec, knownActions, problems);
        }

        return new WorkflowReading(problems.HasErrors ? null : spec, problems.ToImmutable());
    }

    /// <summary>The checks alone, for a workflow that was read before.</summary>
    public static WorkflowReading Run(WorkflowSpec spec, KnownActions? knownActions = null)
    {
        var problems = new ProblemList();
        Run(spec, knownActions, problems);
        return new WorkflowReading(problems.HasErrors ? null : spec, problems.ToImmutable());
    }

    private static void Run(WorkflowSpec spec, KnownActions? knownActions, ProblemList problems)
    {
        var outcomes = new TransitionOutcomes();
        NameChecks.Run(spec, problems);
        VariableChecks.Run(spec, problems);
        TargetChecks.Run(spec, problems);
        JoinChecks.Run(spec, problems);
        LoopChecks.Run(spec, outcomes, problems);
        PublishChecks.Run(spec, outcomes, problems);
        ExpressionChecks.Run(spec, problems);
        ActionChecks.Run(spec, knownActions ?? KnownActions.None, problems);
        EffectChecks.Run(spec, knownActions ?? KnownActions.None, problems);
        WaitChecks.Run(spec, problems);
        RecursionChecks.Run(spec, knownActions ?? KnownActions.None, outcomes, problems);
    }
}
