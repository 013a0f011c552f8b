using Executor.Core.Tests.Simulation.Engine;

namespace Executor.Core.Tests.Simulation.Programs;

/// <summary>
/// Keys that leave the way through a workflow as it is: waits, pools, limits, other spellings, conditions that hold, and
/// conditions that see nothing but the attempt.
/// </summary>
/// <param name="dice">Its own: without trimmings the workflow would be the same.</param>
internal sealed class Trimmings(Dice dice, string? parameter)
{
    private const string Noop = "action: core.noop";
    private const string Ask = "action: core.ask";

    private static readonly string[] RetryConditions =
        ["{{ failed() }}", "timed_out()", "{{ status() != 'abandoned' }}", "{{ result()?.v is null }}", "error() is defined"];

    public void Add(TaskDraft task)
    {
        task.Edges.ForEach(Add);
        if (dice.OneIn(30) && !task.Has("delay"))
        {
            task.Keys.Add($"delay: {dice.Of(["\"{{ system.visit }}\"", "1m", "\"{{ '2s' }}\"", "0.5"])}");
        }

        if (dice.OneIn(30) && !task.Has("when"))
        {
            task.Keys.Add($"when: {dice.Of(["true", "\"{{ system.visit >= 1 }}\"", "system.task is defined"])}");
        }

        if (task.Keys.Contains(Ask))
        {
            Questions.Add(task, dice);
        }
        else if (task.Keys.IndexOf(Noop) is >= 0 and var action)
        {
            Call(task, action);
        }

        task.Replace("retry: {", Retry);
        task.Replace("concurrency: ", number => dice.OneIn(3) ? $"concurrency: \"{{{{ {number[13..]} + 0 }}}}\"" : number);
        Items(task);
    }

    /// <summary>Done by a worker.</summary>
    private void Call(TaskDraft task, int action)
    {
        Input(task);
        if (dice.OneIn(12))
        {
            task.Keys[action] = task.Has("input: \"")
                ? "action: \"{{ 'core.noop' }}\""
                : dice.Of(["action: \"{{ 'core.' ~ 'noop' }}\"", "action: core.noop say=\"hello you\" of={{ system.visit }}"]);
        }

        if (dice.OneIn(10))
        {
            task.Keys.Add($"pool: {dice.Of(["gpu", "\"{{ 'pool' ~ system.visit }}\"", "\"{{ system.workflow }}\""])}");
        }

        if (dice.OneIn(10) && !task.Has("timeout"))
        {
            // Long enough for a lost request to be sent again.
            task.Keys.Add($"timeout: {dice.Of(["10m", "\"{{ 300 + system.visit }}\"", "\"{{ '1h' }}\"", "450.5"])}");
        }

        if (dice.OneIn(20) && !task.Has("idempotent"))
        {
            task.Keys.Add("idempotent: false");
        }
    }

    private void Input(TaskDraft task)
    {
        var given = parameter is null ? "system.task" : dice.Of([$"parameters.{parameter}", "parameters", "vars.given"]);
        if (!dice.OneIn(parameter is null ? 20 : 4))
        {
            return;
        }

        if (task.Has("input"))
        {
            task.Replace("input: {", input => $"input: {{given: \"{{{{ {given} }}}}\", {input[8..]}");
        }
        else
        {
            var map = dice.OneIn(4) ? $"\"{{{{ {{'given': {given}}} }}}}\"" : $"{{given: \"{{{{ {given} }}}}\"}}";
            task.Keys.Add($"input: {map}");
        }
    }

    private string Retry(string retry)
    {
        var more = new List<string> { retry[..^1] };
        if (dice.OneIn(3))
        {
            more.Add($"max_delay: {dice.Of(["0", "1", "2s", "3.5"])}");
        }

        if (dice.OneIn(3))
        {
            more.Add($"jitter: {dice.Of(["0", "0.25", "0.5", "1"])}");
        }

        if (dice.OneIn(3))
        {
            more.Add($"{dice.Of(["when", "on_error"])}: \"{dice.Of(RetryConditions)}\"");
        }

        return string.Join(", ", more) + "}";
    }

    /// <summary>The same list, written otherwise.</summary>
    private void Items(TaskDraft task)
    {
        task.Replace("with_items: [", list => dice.Below(6) switch
        {
            0 => "with: each in " + list[12..],
            1 => "with: " + list[12..],
            2 => list.Replace("[0", "[\"{{ 0 }}\"", StringComparison.Ordinal),
            _ => list,
        });
        task.Replace("with: {items: \"{{ ", with =>
            dice.OneIn(3) ? with.Replace("\"{{ ", "\"each in {{ ", StringComparison.Ordinal) : with);
        if (task.Keys.Exists(key => key.Contains(" in ", StringComparison.Ordinal)) && dice.OneIn(2))
        {
            task.Replace("input: {n: \"{{ item }}\"", input => input.Replace("{{ item }}", "{{ each }}", StringComparison.Ordinal));
        }

        if (task.Keys.Find(key => key.StartsWith("batch_size: ", StringComparison.Ordinal)) is { } batch && dice.OneIn(2)
            && task.Has("with: {"))
        {
            task.Keys.Remove(batch);
            task.Replace("with: {", with => $"{with[..^1]}, {batch}}}");
        }
    }

    private void Add(EdgeDraft edge)
    {
        if (edge.Publish?.Contains(", ", StringComparison.Ordinal) == false && dice.OneIn(3))
        {
            edge.Publish = edge.Publish.Contains(": \"{{ result() }}\"", StringComparison.Ordinal) && dice.OneIn(2)
                ? edge.Publish[1..edge.Publish.IndexOf(':')]
                : $"{{{edge.Publish[1..^1]}}}";
        }

        if (edge.When == "succeeded()" && dice.OneIn(8))
        {
            edge.When = dice.Of(["status() == 'completed'", "succeeded() and error() is null", "completed() and succeeded()"]);
        }
    }
}
