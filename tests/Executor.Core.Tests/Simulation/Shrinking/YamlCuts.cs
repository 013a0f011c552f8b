using System.Text.RegularExpressions;

namespace Executor.Core.Tests.Simulation.Shrinking;

/// <summary>Smaller texts of a generated workflow: without a task, without a line, with fewer items.</summary>
internal static partial class YamlCuts
{
    private const string TaskMark = "  - name: ";

    /// <returns>Texts that lack something at this line; null behind the last line.</returns>
    public static IReadOnlyList<string>? At(string yaml, int line)
    {
        var lines = yaml.TrimEnd('\n').Split('\n');
        if (line >= lines.Length)
        {
            return null;
        }

        var text = lines[line];
        if (text.StartsWith(TaskMark, StringComparison.Ordinal))
        {
            return [WithoutTask(lines, line)];
        }

        var without = Join([.. lines[..line], .. lines[(line + 1)..]]);
        var smaller = Range().Replace(text, match => $"range({match.Groups[1].Value}2)");
        return smaller == text ? [without] : [without, Join([.. lines[..line], smaller, .. lines[(line + 1)..]])];
    }

    private static string WithoutTask(string[] lines, int from)
    {
        var name = lines[from][TaskMark.Length..];
        var to = Array.FindIndex(lines, from + 1, other => other.StartsWith(TaskMark, StringComparison.Ordinal));
        var kept = new List<string>(lines[..from]);
        kept.AddRange(to < 0 ? [] : lines[to..]);
        return Join(kept.Select(line => line.Contains("do: [", StringComparison.Ordinal) ? Unlink(line, name) : line));
    }

    private static string Unlink(string line, string name)
    {
        var start = line.IndexOf('[') + 1;
        var targets = line[start..line.IndexOf(']')].Split(", ").Where(target => target != name);
        var list = string.Join(", ", targets);
        return line[..start] + (list.Length == 0 ? "noop" : list) + "]";
    }

    private static string Join(IEnumerable<string> lines) => string.Join('\n', lines) + "\n";

    [GeneratedRegex(@"range\((0, )?[3-9]\)")]
    private static partial Regex Range();
}
