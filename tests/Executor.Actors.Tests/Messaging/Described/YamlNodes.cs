using System.Globalization;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Executor.Actors.Tests.Messaging.Described;

/// <summary>YAML as JSON, for files that use nothing else of it.</summary>
internal static class YamlNodes
{
    public static JsonObject Read(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return (JsonObject)Node(Assert.Single(stream.Documents).RootNode)!;
    }

    private static JsonNode? Node(YamlNode node) => node switch
    {
        YamlMappingNode map => new JsonObject(map.Children.Select(
            pair => KeyValuePair.Create(((YamlScalarNode)pair.Key).Value!, Node(pair.Value)))),
        YamlSequenceNode list => new JsonArray([.. list.Children.Select(Node)]),
        YamlScalarNode { Style: ScalarStyle.Plain } scalar => Plain(scalar.Value!),
        YamlScalarNode scalar => scalar.Value,
        _ => throw new NotSupportedException($"{node.NodeType} at line {node.Start.Line}"),
    };

    private static JsonNode? Plain(string text) => text switch
    {
        "null" => null,
        "true" => true,
        "false" => false,
        _ when long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) => number,
        _ when double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var part) => part,
        _ => text,
    };
}
