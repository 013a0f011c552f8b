using Executor.Core.Values;

namespace Executor.Core.Expressions.Syntax;

/// <summary>A field of a map: <c>target.name</c>, or <c>target?.name</c>.</summary>
internal sealed class Member(Node target, string name, bool optional, Position at) : Node(at)
{
    public Node Target { get; } = target;

    public string Name { get; } = name;

    public bool IsOptional { get; } = optional;

    public override IEnumerable<Node> Children => [Target];

    public override Value Evaluate(Evaluation evaluation)
    {
        evaluation.Step(At);
        var container = evaluation.Open(Target.Evaluate(evaluation));
        if (IsOptional && container.IsNull)
        {
            return Value.Null;
        }

        var map = container as Value.Map
            ?? throw Failure.Type(At, $"{container.Kind} has no fields, so no '{Name}'.", NullHint(container));
        if (map.TryGet(Name, out var value))
        {
            return value;
        }

        return IsOptional ? Value.Null : throw Unknown(map);
    }

    public override Value? Find(Evaluation evaluation)
    {
        evaluation.Step(At);
        var container = Open(Target.Find(evaluation), evaluation);
        return container switch
        {
            null => null,
            Value.Map map when map.TryGet(Name, out var value) => value,
            Value.Map or { IsNull: true } => IsOptional ? Value.Null : null,
            _ => throw Failure.Type(At, $"{container.Kind} has no fields, so no '{Name}'."),
        };
    }

    private static Value? Open(Value? found, Evaluation evaluation) => found is null ? null : evaluation.Open(found);

    private static string? NullHint(Value container) =>
        container.IsNull ? "Write ?. instead of . when it may be null." : null;

    private ExpressionException Unknown(Value.Map map)
    {
        var hint = Target is RootMember { Root: "task" } task && Name == "result"
            ? $"task.{task.Name} is the result."
            : Nearest.Hint(Name, map.Entries.Select(entry => entry.Key));
        return Failure.UnknownName(At, $"There is no field '{Name}'.", hint);
    }
}

/// <summary><c>target[index]</c>: an element of a list, a character of a text, a field of a map.</summary>
internal sealed class Index(Node target, Node index, Position at) : Node(at)
{
    public Node Target { get; } = target;

    public override IEnumerable<Node> Children => [Target, index];

    public override Value Evaluate(Evaluation evaluation)
    {
        evaluation.Step(At);
        if (Target is RootName { IsNamespace: true } root)
        {
            var member = evaluation.Open(index.Evaluate(evaluation));
            return FindIn(root, member, evaluation)
                ?? throw RootMember.Unknown(root.Name, Key(member), index.At, evaluation.Scope);
        }

        var container = evaluation.Open(Target.Evaluate(evaluation));
        var place = evaluation.Open(index.Evaluate(evaluation));
        return Elements.Find(container, place, At, evaluation)
            ?? throw Elements.Missing(container, place, index.At);
    }

    public override Value? Find(Evaluation evaluation)
    {
        evaluation.Step(At);
        if (Target is RootName { IsNamespace: true } root)
        {
            return FindIn(root, evaluation.Open(index.Evaluate(evaluation)), evaluation);
        }

        var container = Target.Find(evaluation);
        return container is null or { IsNull: true }
            ? null
            : Elements.Find(
                evaluation.Open(container), evaluation.Open(index.Evaluate(evaluation)), At, evaluation);
    }

    private Value? FindIn(RootName root, Value member, Evaluation evaluation) =>
        evaluation.Scope.FindMember(root.Name, Names.Canonical(root.Name, Key(member)));

    private string Key(Value member) => member is Value.Text text
        ? text.Content
        : throw Failure.Type(index.At, $"A key is a text, not {member.Kind}.");
}

/// <summary><c>target[from:to]</c></summary>
internal sealed class Slice(Node target, Node? from, Node? to, Position at) : Node(at)
{
    public override IEnumerable<Node> Children => new[] { target, from, to }.OfType<Node>();

    public override Value Evaluate(Evaluation evaluation)
    {
        evaluation.Step(At);
        return Elements.Slice(
            evaluation.Open(target.Evaluate(evaluation)),
            Bound(from, evaluation),
            Bound(to, evaluation),
            At,
            evaluation);
    }

    private static Value Bound(Node? bound, Evaluation evaluation) =>
        bound is null ? Value.Null : evaluation.Open(bound.Evaluate(evaluation));
}
