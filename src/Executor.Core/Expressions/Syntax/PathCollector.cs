namespace Executor.Core.Expressions.Syntax;

/// <summary>
/// The longest paths in an expression: names and functions without arguments with the fields that follow them. They are
/// all that it looks at; everything else is computed from them.
/// </summary>
internal static class PathCollector
{
    /// <returns>In the order of the source, each path once.</returns>
    public static IEnumerable<(string Path, Node Node)> In(Node node) => All(node).DistinctBy(found => found.Path);

    private static IEnumerable<(string Path, Node Node)> All(Node node)
    {
        if (Path(node) is { } path)
        {
            yield return (path, node);
            yield break;
        }

        foreach (var found in node.Children.SelectMany(All))
        {
            yield return found;
        }
    }

    private static string? Path(Node node) => node switch
    {
        RootName { IsNamespace: false } name => name.Name,
        RootMember member => $"{member.Root}{(member.IsOptional ? "?." : ".")}{member.Name}",
        Call { Arguments: [] } call => $"{call.Name}()",
        Member member when Path(member.Target) is { } target =>
            $"{target}{(member.IsOptional ? "?." : ".")}{member.Name}",
        _ => null,
    };
}
