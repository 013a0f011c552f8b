using Executor.Core.Values;

namespace Executor.Core.Expressions.Syntax;

/// <summary>A name by itself: a namespace, <c>item</c>, <c>index</c> or a variable.</summary>
/// <param name="written">As in the source.</param>
internal sealed class RootName(string written, Position at) : Node(at)
{
    public string Name { get; } = Names.Canonical(written);

    public bool IsNamespace => Names.Namespaces.Contains(Name);

    public override Value Evaluate(Evaluation evaluation) => Find(evaluation) ?? throw Unknown(evaluation.Scope);

    public override Value? Find(Evaluation evaluation)
    {
        evaluation.Step(At);
        return evaluation.Scope.Find(Name);
    }

    private ExpressionException Unknown(Scope scope) =>
        Failure.UnknownName(At, $"Nothing is called '{written}'.", Hint(scope));

    private string? Hint(Scope scope)
    {
        var small = written.ToLowerInvariant();
        if (small is "true" or "false" or "null")
        {
            return $"Write {small}.";
        }

        return Functions.Find(written) is null
            ? Nearest.Hint(written, scope.Names(null))
            : $"{written} is a function: write {written}(...).";
    }
}

/// <summary>A member of a namespace, found without building the namespace: <c>task.fetch</c>.</summary>
/// <param name="optional">Absence gives null: <c>?.</c></param>
internal sealed class RootMember(string root, string written, bool optional, Position at) : Node(at)
{
    public string Root { get; } = root;

    public string Name { get; } = Names.Canonical(root, written);

    public bool IsOptional { get; } = optional;

    public override Value Evaluate(Evaluation evaluation) =>
        Find(evaluation) ?? throw Unknown(Root, written, At, evaluation.Scope);

    public override Value? Find(Evaluation evaluation)
    {
        evaluation.Step(At);
        return evaluation.Scope.FindMember(Root, Name) ?? (IsOptional ? Value.Null : null);
    }

    public static ExpressionException Unknown(string root, string member, Position at, Scope scope)
    {
        var message = root == "task"
            ? $"There is no result of a task '{member}': no such task, or it has not ended."
            : $"'{root}' has no '{member}'.";
        return Failure.UnknownName(at, message, Nearest.Hint(member, scope.Names(root)));
    }
}
