using System.Text.RegularExpressions;
using Executor.Integration.Tests.Cli;

namespace Executor.Integration.Tests.Deployment;

/// <summary>tests/cluster-up, as far as it starts processes of the product.</summary>
internal sealed partial class ClusterUpScript
{
    private readonly string _text = File.ReadAllText(Path.Combine(Golden.Root, "tests", "cluster-up"));

    /// <returns>For each process that it starts with this verb, the settings that it gives it.</returns>
    public IReadOnlyList<IReadOnlySet<string>> Starts(string verb)
    {
        var loops = Loop().Matches(_text).Where(loop => loop.Groups["body"].Value.Contains(Call(verb), StringComparison.Ordinal))
            .Select(loop => (Count: loop.Groups["each"].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length, Text: loop.Groups["body"].Value))
            .ToList();
        var single = loops.Count > 0 ? [] : Command().Matches(_text).Select(command => (Count: 1, Text: command.Value))
            .Where(command => command.Text.Contains(Call(verb), StringComparison.Ordinal));
        return
        [
            .. loops.Concat(single).SelectMany(start => Enumerable.Repeat<IReadOnlySet<string>>(
                Given().Matches(start.Text).Select(match => match.Groups[1].Value).ToHashSet(StringComparer.Ordinal), start.Count)),
        ];
    }

    private static string Call(string verb) => $"\"$executor\" {verb}";

    [GeneratedRegex(@"^for n in (?<each>[0-9 ]+); do\n(?<body>.*?)^done", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Loop();

    /// <summary>With the lines that it goes on in.</summary>
    [GeneratedRegex(@"^(?:.*\\\n)*.*$", RegexOptions.Multiline)]
    private static partial Regex Command();

    [GeneratedRegex(@"(EXECUTOR__[A-Z_]+)=")]
    private static partial Regex Given();
}
