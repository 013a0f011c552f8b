using Executor.Core.Values;
using Executor.Core.Workflows.Yaml;

namespace Executor.Core.Workflows.Reading;

/// <summary>Nodes as words for messages.</summary>
internal static class NodeText
{
    private const int Longest = 40;

    public static string Of(YamlNode node) => node switch
    {
        YamlNode.Mapping => "a map",
        YamlNode.Sequence => "a list",
        YamlNode.Scalar { Value.IsNull: true } => "nothing",
        YamlNode.Scalar { Value: Value.Text } scalar => $"the text '{Short(scalar.Text)}'",
        YamlNode.Scalar scalar => Short(scalar.Text),
        _ => "this",
    };

    private static string Short(string text)
    {
        var line = text.ReplaceLineEndings(" ");
        var end = line.Length > Longest && char.IsHighSurrogate(line[Longest - 1]) ? Longest - 1 : Longest;
        return line.Length > Longest ? line[..end] + "..." : line;
    }
}
