using System.Text;
using System.Text.RegularExpressions;

namespace Executor.Core.Tests.Runs;

/// <summary>
/// Workflows in few words. <c>a -S-> b, c</c>: a transition of a on success; F on failure, T on timeout, <c>*</c>
/// always, <c>[x]</c> on condition x. <c>a: key: value</c>: a key of task a. <c>a</c> alone: a task. Tasks stand in the
/// order in which they begin a line; targets that begin none follow.
/// </summary>
internal static class Flow
{
    private static readonly Regex Edge = new(@"^(\w+) -(\*|S|F|T|\[.*\])-> (.+)$");
    private static readonly Regex Key = new(@"^(\w+): (.+)$");

    public static string Of(string lines, string header = "")
    {
        var tasks = new List<(string Name, StringBuilder Keys, StringBuilder Next)>();
        var targets = new List<string>();
        foreach (var line in lines.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (Edge.Match(line) is { Success: true } edge)
            {
                var names = edge.Groups[3].Value.Split(',', StringSplitOptions.TrimEntries);
                Find(edge.Groups[1].Value).Next.Append(
                    $"      - {Condition(edge.Groups[2].Value)}do: [{string.Join(", ", names)}]\n");
                targets.AddRange(names.Except(["noop", "continue", "fail", "retry"]));
            }
            else if (Key.Match(line) is { Success: true } key)
            {
                Find(key.Groups[1].Value).Keys.Append($"    {key.Groups[2].Value}\n");
            }
            else
            {
                Find(line);
            }
        }

        foreach (var target in targets)
        {
            Find(target);
        }

        return header + "\ntasks:\n" + string.Concat(tasks.Select(Text));

        (string Name, StringBuilder Keys, StringBuilder Next) Find(string name)
        {
            if (!tasks.Any(task => task.Name == name))
            {
                tasks.Add((name, new StringBuilder(), new StringBuilder()));
            }

            return tasks.First(task => task.Name == name);
        }
    }

    private static string Text((string Name, StringBuilder Keys, StringBuilder Next) task)
    {
        var hasAction = task.Keys.ToString().Contains("action:", StringComparison.Ordinal);
        var action = hasAction ? "" : "    action: core.noop\n";
        var next = task.Next.Length > 0 ? $"    next:\n{task.Next}" : "";
        return $"  - name: {task.Name}\n{action}{task.Keys}{next}";
    }

    private static string Condition(string condition) => condition switch
    {
        "*" => "",
        "S" => "when: succeeded()\n        ",
        "F" => "when: failed()\n        ",
        "T" => "when: timed_out()\n        ",
        _ => $"when: '{condition[1..^1].Replace("'", "''", StringComparison.Ordinal)}'\n        ",
    };
}
