using System.Collections.Immutable;
using Executor.Core.Values;

namespace Executor.Core.Expressions.Syntax;

/// <summary>A function called by name. Whether it exists is said when it is evaluated, and earlier by the checks.</summary>
internal sealed class Call(string name, ImmutableArray<Node> arguments, Position at) : Node(at)
{
    private readonly Function? _function = Functions.Find(name);

    public string Name { get; } = name;

    public ImmutableArray<Node> Arguments { get; } = arguments;

    public override IEnumerable<Node> Children => Arguments;

    public override Value Evaluate(Evaluation evaluation)
    {
        evaluation.Step(At);
        var function = _function ?? throw Failure.UnknownFunction(At, Name);
        if (!function.Takes(Arguments.Length))
        {
            throw Failure.Arguments(At, $"{Name} takes {function.Arity}, not {Arguments.Length}.");
        }

        var values = new Value[Arguments.Length];
        for (var index = 0; index < values.Length; index++)
        {
            values[index] = Read(Arguments[index], function.Reads, evaluation);
        }

        return function.Apply(new Arguments(this, values, evaluation));
    }

    private static Value Read(Node argument, Reading reading, Evaluation evaluation)
    {
        var value = argument.Evaluate(evaluation);
        return reading switch
        {
            Reading.Whole => evaluation.Whole(value, argument.At),
            Reading.Outer => evaluation.Open(value),
            _ => value,
        };
    }
}

/// <summary><c>default(value, fallback)</c>: the fallback where the value is null or its path leads nowhere.</summary>
internal sealed class Default(Node value, Node fallback, Position at) : Node(at)
{
    public Node Guarded { get; } = value;

    public override IEnumerable<Node> Children => [Guarded, fallback];

    public override Value Evaluate(Evaluation evaluation)
    {
        evaluation.Step(At);
        return Guarded.Find(evaluation) is { IsNull: false } found ? found : fallback.Evaluate(evaluation);
    }
}
