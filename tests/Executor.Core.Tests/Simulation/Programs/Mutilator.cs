using Executor.Core.Tests.Simulation.Engine;
using Executor.Core.Workflows;

namespace Executor.Core.Tests.Simulation.Programs;

/// <summary>Breaks a generated workflow a little, as people do.</summary>
internal static class Mutilator
{
    private static readonly string[] Conditions =
        ["succeeded()", "failed()", "true", "false", "workflow.nope == 1", "result().nope", "not succeeded()", "completed()", "1 +"];

    /// <summary>A broken condition often makes a loop that only the limit of visits ends.</summary>
    private const int MostVisits = 40;

    /// <summary>The next one that the reader does not refuse.</summary>
    public static Scenario MakeReadable(ulong seed)
    {
        var dice = new Dice(seed);
        for (var tries = 0; tries < 1_000; tries++)
        {
            if (Make(dice.Next()) is { } scenario)
            {
                return scenario;
            }
        }

        throw new InvalidOperationException("a thousand broken workflows in a row were refused");
    }

    /// <returns>Null when the text is refused before it runs, with at least one problem that has a place.</returns>
    public static Scenario? Make(ulong seed)
    {
        var dice = new Dice(seed);
        var (yaml, letters) = Generator.Text(dice.Next());
        var lines = yaml.TrimEnd('\n').Split('\n').ToList();
        for (var changes = dice.Between(1, 3); changes > 0; changes--)
        {
            Change(lines, [.. letters.Keys], dice);
        }

        var text = string.Join('\n', lines) + "\n";
        return WorkflowCheck.Run(text, "simulated.flow").Spec is null
            ? null
            : Scenario.TryRead(text, letters, mostVisits: MostVisits);
    }

    private static void Change(List<string> lines, IReadOnlyList<string> tasks, Dice dice)
    {
        var place = dice.Below(lines.Count);
        var line = lines[place];
        var start = line.IndexOf(':') + 1;
        if (line.Contains("do: [", StringComparison.Ordinal))
        {
            lines[place] = dice.Below(3) switch
            {
                0 => $"{line[..start]} [{dice.Of(tasks)}]",
                1 => $"{line.TrimEnd(']')}, {dice.Of(tasks)}]",
                _ => $"{line[..start]} [{dice.Of(tasks)}, {dice.Of(["fail", "continue", "noop", "retry", "nobody"])}]",
            };
        }
        else if (line.Contains("when: ", StringComparison.Ordinal))
        {
            lines[place] = $"{line[..start]} \"{{{{ {dice.Of(Conditions)} }}}}\"";
        }
        else if (line.Contains("join: ", StringComparison.Ordinal))
        {
            lines[place] = $"{line[..start]} {dice.Of(["all", "1", "2", "3", "9"])}";
        }
        else if (line.Contains("action: ", StringComparison.Ordinal))
        {
            lines.Insert(place, dice.Of(["    join: all", "    join: 2", "    delay: 3", "    concurrency: 2", "    when: \"{{ workflow.nope }}\""]));
        }
        else if (dice.OneIn(3))
        {
            lines.RemoveAt(place);
        }
    }
}
