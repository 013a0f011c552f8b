using Executor.Core.Tests.Simulation.Engine;

namespace Executor.Core.Tests.Simulation.Programs;

/// <summary>Blocks of one task, each with a rule of its own.</summary>
internal sealed class SingleTasks(Dice dice, Sketch sketch)
{
    public Block Plain()
    {
        var task = sketch.Task(dice.OneIn(12) ? "f" : dice.OneIn(10) ? "x" : "1");
        if (dice.OneIn(4))
        {
            task.Keys.Add("input: {n: \"{{ system.run_id }}\", visit: \"{{ system.visit }}\"}");
        }

        if (dice.OneIn(5))
        {
            task.Keys.Add("idempotent: true");
        }

        return Block.Of(task, task.Edge(dice.OneIn(2) ? "succeeded()" : null, dice.OneIn(5) ? $"[{sketch.Variable()}: \"{{{{ result() }}}}\"]" : null));
    }

    public Block WithItems()
    {
        var count = dice.Below(8);
        var task = sketch.Task(dice.Of(["1", "1", "1", "1", "f", "1f", "1111f", "11t", "f1", "1x"]));
        sketch.Attempts += count * sketch.Laps;
        task.Keys.Add(dice.Below(3) switch
        {
            0 => $"with_items: [{string.Join(", ", Enumerable.Range(0, count))}]",
            1 => $"with_items: \"{{{{ range({count}) }}}}\"",
            _ => $"with: {{items: \"{{{{ range(0, {count}) }}}}\", concurrency: {dice.Between(1, 4)}}}",
        });
        if (!task.Keys[^1].StartsWith("with:", StringComparison.Ordinal) && !dice.OneIn(4))
        {
            task.Keys.Add($"concurrency: {dice.Between(1, 4)}");
        }

        if (dice.OneIn(6))
        {
            task.Keys.Add($"batch_size: {dice.Between(1, 3)}");
        }

        if (dice.OneIn(3))
        {
            task.Keys.Add("input: {n: \"{{ item }}\", at: \"{{ index }}\"}");
        }

        if (dice.OneIn(4))
        {
            task.Keys.Add(Retry());
        }

        if (dice.OneIn(8))
        {
            sketch.IsOrderFree = false;
            task.Keys.Add("fail_fast: true");
        }

        return Block.Of(task, task.Edge(dice.OneIn(2) ? "succeeded()" : null, dice.OneIn(5) ? $"[{sketch.Variable()}: \"{{{{ length(result()) }}}}\"]" : null));
    }

    public Block Retrying()
    {
        var task = sketch.Task(dice.Of(["f1", "ff1", "t1", "tf1", "f", "fft"]));
        sketch.Attempts += 2 * sketch.Laps;
        task.Keys.Add(Retry());
        return Block.Of(task, task.Edge(dice.OneIn(2) ? "succeeded()" : null));
    }

    /// <summary>A person is asked; some questions nobody answers.</summary>
    public Block Asking()
    {
        var task = sketch.Task(dice.Of(["1", "1", "1", "1h", "h"]));
        task.Keys[0] = "action: core.ask";
        task.Keys.Add($"input: {{prompt: Go on?{(dice.OneIn(3) ? ", default_response: 1" : "")}}}");
        if (task.Letters.Contains('h') || dice.OneIn(4))
        {
            task.Keys.Add($"timeout: {dice.Between(1, 90)}");
        }

        if (dice.OneIn(4))
        {
            var count = dice.Below(5);
            sketch.Attempts += count * sketch.Laps;
            task.Keys.Add($"with_items: [{string.Join(", ", Enumerable.Range(0, count))}]");
        }

        return Block.Of(task, task.Edge("not succeeded()"), task.Edge("succeeded()"));
    }

    public Block Delayed()
    {
        var task = sketch.Task("1");
        task.Keys.Add($"delay: {dice.Of(["1", "5s", "2m", "90s", "0"])}");
        return Block.Of(task, task.Edge());
    }

    public Block Hanging()
    {
        var task = sketch.Task(dice.Of(["h", "h1", "1h"]));
        task.Keys.Add($"timeout: {dice.Between(1, 90)}");
        task.Edge("timed_out()").Targets.Add("noop");
        return Block.Of(task, task.Edge("not succeeded()"), task.Edge("succeeded()"));
    }

    public Block Skipped()
    {
        var task = sketch.Task("1");
        task.Keys.Add(dice.OneIn(2) ? "when: false" : "when: \"{{ system.visit > 1 }}\"");
        return Block.Of(task, task.Edge(dice.OneIn(2) ? "skipped() or succeeded()" : null));
    }

    public Block Unhandled()
    {
        var task = sketch.Task("f");
        return Block.Of(task, task.Edge("succeeded()"));
    }

    public Block Commanding()
    {
        var task = sketch.Task(dice.Of(["1", "f", "f1"]));
        var command = dice.Of(["continue", "noop", "retry", "fail"]);
        var onward = dice.OneIn(2) ? "succeeded()" : null;
        sketch.IsOrderFree &= command != "fail" && (command != "retry" || onward is not null);
        task.Edge(command == "retry" ? "failed()" : dice.Of(["failed()", "succeeded()", "true"])).Targets.Add(command);
        return Block.Of(task, task.Edge(onward));
    }

    private string Retry() =>
        $"retry: {{count: {dice.Between(1, 3)}, delay: {dice.Below(4)}, backoff: {dice.Of(["constant", "linear", "exponential"])}}}";
}
