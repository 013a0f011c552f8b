using System.Collections.Immutable;
using Executor.Core.Values;

namespace Executor.Core.Expressions.Syntax;

/// <summary>Walks through an expression in the order of its source.</summary>
internal sealed class ReferenceCollector
{
    private readonly ImmutableArray<NameReference>.Builder _names = ImmutableArray.CreateBuilder<NameReference>();
    private readonly ImmutableArray<CallReference>.Builder _calls = ImmutableArray.CreateBuilder<CallReference>();

    public static References Collect(Node node)
    {
        var collector = new ReferenceCollector();
        collector.Visit(node, mayBeMissing: false);
        return new References(collector._names.ToImmutable(), collector._calls.ToImmutable());
    }

    /// <param name="mayBeMissing">The path of which this node is the start may lead nowhere.</param>
    private void Visit(Node node, bool mayBeMissing)
    {
        switch (node)
        {
            case RootName name:
                _names.Add(new NameReference(name.Name, null, name.At, mayBeMissing));
                break;
            case RootMember member:
                _names.Add(new NameReference(member.Root, member.Name, member.At, mayBeMissing || member.IsOptional));
                break;
            case Call call:
                _calls.Add(new CallReference(call.Name, call.Arguments.Length, call.At, PatternOf(call)));
                break;
        }

        foreach (var child in node.Children)
        {
            Visit(child, IsTolerated(node, child, mayBeMissing));
        }
    }

    private static WrittenPattern? PatternOf(Call call) =>
        Functions.Find(call.Name)?.Pattern is { } place && place < call.Arguments.Length
        && call.Arguments[place] is Literal { Value: Value.Text pattern } literal
            ? new WrittenPattern(pattern.Content, literal.At)
            : null;

    private static bool IsTolerated(Node parent, Node child, bool mayBeMissing) => parent switch
    {
        Default guard => child == guard.Guarded,
        IsDefined => true,
        Member path => mayBeMissing && child == path.Target,
        Index path => mayBeMissing && child == path.Target,
        _ => false,
    };
}
