using Executor.Core.Tests.Simulation.Engine;

namespace Executor.Core.Tests.Reference;

/// <summary>Adds to a generated workflow what generated workflows lack. The reader may refuse what comes of it.</summary>
internal static class Seasoning
{
    private static readonly string[] TaskKeys =
    [
        "delay: 7",
        "delay: \"{{ system.visit }}\"",
        "delay: \"{{ result().v }}\"",
        "idempotent: true",
        "when: \"{{ succeeded() or completed() }}\"",
        "when: \"{{ result().v == 1 }}\"",
        "when: \"{{ failed() }}\"",
        "join: all",
        "join: 1",
        "join: 2",
        "retry: {count: 1}",
        "retry: {count: 2, delay: 3, backoff: linear, when: \"{{ failed() }}\"}",
        "retry: {count: 4, delay: 2, backoff: exponential, max_delay: 5}",
        "retry: {count: 2, delay: 1, when: \"{{ result().v == 0 }}\"}",
        "with_items: \"{{ result() }}\"",
        "with_items: [a, \"{{ system.visit }}\", {x: 1}]",
        "with_items: \"{{ task.TASK }}\"",
        "with: {items: \"each in [1, 2, 3]\", concurrency: 2}",
        "concurrency: 2",
        "concurrency: \"{{ system.visit }}\"",
        "concurrency: \"{{ result().v }}\"",
        "fail_fast: true",
        "batch_size: 2",
        "batch_size: 3",
        "input: {was: \"{{ result() }}\", how: \"{{ status() }}\"}",
        "input: {t: \"{{ task.TASK }}\"}",
        "input: {n: \"{{ item.x }}\", at: \"{{ index }}\"}",
        "input: {n: \"{{ 6 // (index - 1) }}\"}",
        "input: {e: \"{{ error() is null }}\", s: \"{{ succeeded() }} {{ timed_out() }} {{ skipped() }}\"}",
        "input: {at: \"{{ now() }}\", from: \"{{ system.started_at }}\"}",
        "timeout: \"{{ result().v }}\"",
        "pool: \"{{ result().v }}\"",
    ];

    private static readonly string[] RunKeys =
    [
        "max_parallel: 1", "max_parallel: 2", "timeout: 5s", "timeout: 60", "cancellation_policy: cancel_running",
        "output_map: {a: \"{{ workflow.w0 }}\", t: \"{{ task.TASK }}\"}",
        "output: [{s: \"{{ system.task }}\"}, {n: \"{{ w0 + 1 }}\"}]",
        "vars: [{w0: 1}, {w1: \"{{ vars.w0 + 1 }}\"}]",
        "vars: {w0: \"{{ 1 // (parameters.p - 1) }}\", w1: a}",
        "parameters: {p: {type: integer, default: 2}}",
        "parameters: {p: {type: integer, required: true}, q: {type: string}}",
    ];

    private static readonly string[] Conditions =
    [
        "succeeded()", "failed()", "timed_out()", "skipped()", "not succeeded()", "completed()", "true", "false",
        "result().v == 1", "result().v < 2", "task.TASK.v == 1", "length(result()) > 2", "error() is null",
        "item_states()[0].status == 'failed'", "item_states()[0].attempts > 1", "status() == 'abandoned'",
        "workflow.w0 > 1",
    ];

    private static readonly string[] Publishes =
    [
        "[w0: \"{{ result() }}\"]", "[w0: \"{{ workflow.w0 + 1 }}\"]", "[w0: \"{{ result().v }}\", w1: \"{{ workflow.w0 }}\"]",
        "[w1: \"{{ task.TASK }}\"]", "[w1: \"{{ status() }}\"]", "[w1: \"{{ item_states() }}\"]", "[w1: \"{{ now() }}\"]", "w1",
    ];

    public static string Add(string yaml, Dice dice)
    {
        var lines = yaml.TrimEnd('\n').Split('\n').ToList();
        var tasks = lines.Where(line => line.StartsWith("  - name: ", StringComparison.Ordinal)).Select(line => line[10..]).ToList();
        for (var additions = dice.Between(1, 5); additions > 0; additions--)
        {
            Add(lines, tasks, dice);
        }

        return string.Join('\n', lines) + "\n";
    }

    private static void Add(List<string> lines, IReadOnlyList<string> tasks, Dice dice)
    {
        if (dice.OneIn(6))
        {
            lines.Insert(1, Named(dice.Of(RunKeys)));
            return;
        }

        var places = Enumerable.Range(0, lines.Count)
            .Where(place => lines[place].StartsWith("    action: ", StringComparison.Ordinal)
                || lines[place].Contains(" do: ", StringComparison.Ordinal)
                || lines[place].Contains(" when: ", StringComparison.Ordinal))
            .ToList();
        if (places.Count == 0)
        {
            return;
        }

        var place = dice.Of(places);
        var line = lines[place];
        var start = line.IndexOf(": ", StringComparison.Ordinal) + 2;
        if (line.StartsWith("    action: ", StringComparison.Ordinal))
        {
            if (dice.OneIn(12))
            {
                lines[place] = Named("    action: \"{{ task.TASK | default(result()) }}\"");
            }
            else
            {
                lines.Insert(place + 1, "    " + Named(dice.Of(TaskKeys)));
            }
        }
        else if (line.Contains(" when: ", StringComparison.Ordinal))
        {
            lines[place] = $"{line[..start]}\"{{{{ {Named(dice.Of(Conditions))} }}}}\"";
        }
        else if (dice.OneIn(3))
        {
            lines.Insert(place + 1, $"        publish: {Named(dice.Of(Publishes))}");
        }
        else
        {
            var command = dice.Of(["fail", "retry", "noop", "continue", dice.Of(tasks)]);
            var targets = line[start..].Trim('[', ']');
            lines[place] = $"{line[..start]}[{(dice.OneIn(2) ? $"{targets}, {command}" : $"{command}, {targets}")}]";
        }

        string Named(string text) => text.Replace("TASK", dice.Of(tasks), StringComparison.Ordinal);
    }
}
