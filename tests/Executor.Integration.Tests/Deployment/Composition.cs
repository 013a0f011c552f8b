using System.Text.RegularExpressions;
using Executor.Integration.Tests.Cli;
using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace Executor.Integration.Tests.Deployment;

/// <summary>docker/compose.yaml, with its anchors and merges resolved.</summary>
internal sealed partial class Composition
{
    private static readonly string Folder = Path.Combine(Golden.Root, "docker");

    private readonly Dictionary<object, object> _root;

    public Composition()
    {
        Text = File.ReadAllText(Path.Combine(Folder, "compose.yaml"));
        _root = new DeserializerBuilder().Build().Deserialize<Dictionary<object, object>>(
            new MergingParser(new Parser(new StringReader(Text))));
    }

    public string Text { get; }

    /// <summary>The script that makes what must not stand in a repository.</summary>
    public static string Prepare => File.ReadAllText(Path.Combine(Folder, "prepare"));

    public IEnumerable<string> Keys => _root.Keys.Cast<string>();

    /// <summary>The processes of the product by name, each with its verb and its variables.</summary>
    public IReadOnlyDictionary<string, (string Verb, IReadOnlyDictionary<string, string> Environment)> Processes =>
        Services.Where(service => Map(service.Value).ContainsKey("command")).ToDictionary(
            service => (string)service.Key,
            service => (
                (string)((List<object>)Map(service.Value)["command"])[0],
                (IReadOnlyDictionary<string, string>)Map(Map(service.Value)["environment"])
                    .ToDictionary(pair => (string)pair.Key, pair => (string)pair.Value)));

    public IEnumerable<string> Servers =>
        Services.Where(service => !Map(service.Value).ContainsKey("command")).Select(service => (string)service.Key);

    /// <summary>Files of docker/ that are handed to containers.</summary>
    public IEnumerable<string> SecretFiles =>
        Map(_root["secrets"]).Values.Select(secret => (string)Map(secret)["file"]);

    public IEnumerable<string> Variables => Variable().Matches(Text).Select(match => match.Groups[1].Value).Distinct();

    /// <summary>With every variable of the outside set to the same text.</summary>
    public static Dictionary<string, string> Filled(IReadOnlyDictionary<string, string> environment, string value) =>
        environment.ToDictionary(pair => pair.Key, pair => Variable().Replace(pair.Value, value));

    private IEnumerable<KeyValuePair<object, object>> Services => Map(_root["services"]);

    private static Dictionary<object, object> Map(object node) => (Dictionary<object, object>)node;

    [GeneratedRegex(@"\$\{([A-Z_]+)[^}]*\}")]
    private static partial Regex Variable();
}
