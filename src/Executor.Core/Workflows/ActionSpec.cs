using System.Collections.Immutable;
using Executor.Core.Expressions;
using Executor.Core.Values;

namespace Executor.Core.Workflows;

/// <summary>What is known of an action before it runs.</summary>
/// <param name="Inputs">What it takes. An input that is null counts as not given; defaults are the action's own.</param>
public sealed record ActionSpec(string Name, ParameterSchema Inputs)
{
    /// <summary>Of these at least one must be given; empty asks for none.</summary>
    public ImmutableArray<string> OneOf { get; init; } = [];

    /// <summary>Of one attempt, where the task names none; null is the executor's.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Where the task names none; null is the executor's.</summary>
    public string? Pool { get; init; }

    /// <summary>Where the task does not say.</summary>
    public bool Idempotent { get; init; }

    /// <summary>What a task that calls it runs; null when a worker does it.</summary>
    public WorkflowSpec? Workflow { get; init; }

    /// <summary>A workflow as an action: it bounds its own time.</summary>
    /// <param name="name">By which tasks call it.</param>
    public static ActionSpec Of(string name, WorkflowSpec workflow) =>
        new(name, workflow.Parameters ?? new ParameterSchema([], Open: true))
        {
            Timeout = Durations.Longest,
            Workflow = workflow,
        };

    /// <summary>
    /// Whether it is the name of a file, relative to the directory of the file with which everything began. It is
    /// never a worker's, and nothing where there are no files.
    /// </summary>
    public static bool IsFile(string name) =>
        name.EndsWith(".yaml", StringComparison.Ordinal) || name.EndsWith(".yml", StringComparison.Ordinal);

    /// <summary>All that is wrong with a rendered input.</summary>
    public ImmutableArray<InputProblem> Check(Value.Map input) => Check(input, []);

    /// <summary>What is certainly wrong with an input before it is rendered.</summary>
    public ImmutableArray<InputProblem> Check(Template input)
    {
        if (input.Members is not { } members)
        {
            return [];
        }

        var rendered = members.Where(member => member.Value.Literal is null).Select(member => member.Key).ToHashSet();
        var names = Inputs.Parameters.Select(parameter => parameter.Name).ToHashSet();
        var known = members.Where(member => !rendered.Contains(member.Key) || !names.Contains(member.Key))
            .Select(member => KeyValuePair.Create(member.Key, member.Value.Literal ?? Value.Null));
        return Check(Value.Map.From(known), rendered);
    }

    /// <param name="more">Inputs that are given as well, with values that are not known yet.</param>
    private ImmutableArray<InputProblem> Check(Value.Map input, HashSet<string> more)
    {
        var problems = Workflows.Inputs.Check(Inputs, input).Problems
            .Where(problem => problem.Code != ProblemCode.InputMissing || !more.Contains(problem.Path[1..]))
            .ToImmutableArray();
        var isGiven = OneOf.IsEmpty
            || OneOf.Any(name => more.Contains(name) || (input.TryGet(name, out var value) && !value.IsNull));
        var missing = $"One of {string.Join(", ", OneOf.Select(name => $"'{name}'"))} is required.";
        return isGiven ? problems : problems.Insert(0, new InputProblem(ProblemCode.InputMissing, missing, ""));
    }
}
