using Executor.Core.Expressions;

namespace Executor.Core.Workflows.Yaml;

/// <summary>The anchors seen so far; one that is still open is around whatever refers to it now.</summary>
internal sealed class YamlAnchors
{
    private readonly Dictionary<string, YamlNode?> _nodes = new(StringComparer.Ordinal);
    private int _count;

    public void Open(string name, Position at)
    {
        if (++_count > YamlLimits.Anchors)
        {
            throw new YamlRefusedException(
                ProblemCode.YamlLimit, $"The text has more than {YamlLimits.Anchors} anchors.", at);
        }

        _nodes[name] = null;
    }

    public void Close(string name, YamlNode node) => _nodes[name] = node;

    public YamlNode Find(string name, Position at)
    {
        if (!_nodes.TryGetValue(name, out var node))
        {
            throw new YamlRefusedException(ProblemCode.YamlSyntax, $"No anchor '&{name}' stands before '*{name}'.", at);
        }

        return node
            ?? throw new YamlRefusedException(ProblemCode.YamlSyntax, $"'*{name}' stands inside its own anchor.", at);
    }
}
