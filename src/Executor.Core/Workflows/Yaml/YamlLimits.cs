namespace Executor.Core.Workflows.Yaml;

/// <summary>Bounds of one text; each is checked before the text can cost more than it.</summary>
public static class YamlLimits
{
    public const int TextBytes = 1024 * 1024;
    public const int ScalarBytes = 256 * 1024;
    public const int KeyBytes = 1024;
    public const int Depth = 64;

    /// <summary>Nodes as written; an alias is one.</summary>
    public const int Nodes = 10_000;

    /// <summary>Nodes when every alias and merge key is written out.</summary>
    public const int ExpandedNodes = 100_000;

    public const int Anchors = 100;
}
