using System.Text;
using Executor.Core.Tests.Simulation.Engine;

namespace Executor.Core.Tests.Simulation.Programs;

/// <summary>Makes up valid workflows of nested blocks, and how their attempts end.</summary>
internal sealed class Generator
{
    private const int MostTasks = 25;
    private const int MostAttempts = 60;
    private const int MostDepth = 3;

    private static readonly string[] AwkwardNames =
        ["done", "failed", "succeeded", "result", "when", "next", "nul", "True_", "_", "in_", "or-else", "x1", "items_", "a-", "If"];

    private readonly Dice _dice;
    private readonly List<TaskDraft> _tasks = [];
    private readonly List<string> _variables = [];
    private bool _isOrderFree = true;
    private int _attempts;
    private int _laps = 1;

    private Generator(Dice dice) => _dice = dice;

    public static Scenario Make(ulong seed)
    {
        var generator = new Generator(new Dice(seed));
        var (yaml, letters) = generator.Write();
        return Scenario.Read(yaml, letters, generator._isOrderFree);
    }

    /// <summary>Only the text, for those who want to break it.</summary>
    public static (string Yaml, Dictionary<string, string> Letters) Text(ulong seed) =>
        new Generator(new Dice(seed)).Write();

    private (string Yaml, Dictionary<string, string> Letters) Write()
    {
        Sequence(0);
        var yaml = new StringBuilder("ref: simulated.flow\n");
        if (_dice.OneIn(5))
        {
            yaml.Append("max_parallel: ").Append(_dice.Between(1, 3)).Append('\n');
        }

        if (_dice.OneIn(3))
        {
            yaml.Append("cancellation_policy: cancel_running\n");
        }

        if (_dice.OneIn(16))
        {
            _isOrderFree = false;
            yaml.Append("timeout: ").Append(_dice.Between(1, 100)).Append("s\n");
        }

        if (_variables.Count > 0)
        {
            yaml.Append("vars:\n");
            _variables.ForEach(variable => yaml.Append("  - ").Append(variable).Append(": 0\n"));
            yaml.Append("output_map:\n  last: \"{{ workflow.").Append(_dice.Of(_variables)).Append(" }}\"\n");
        }

        yaml.Append("tasks:\n");
        _tasks.ForEach(task => task.Write(yaml));
        return (yaml.ToString(), _tasks.ToDictionary(task => task.Name, task => task.Letters));
    }

    private Block Sequence(int depth)
    {
        var whole = Blocks(depth);
        for (var more = _dice.Below(depth == 0 ? 4 : 2); more > 0 && HasRoom; more--)
        {
            var next = Blocks(depth);
            whole.Ends.ForEach(end => end.Targets.Add(next.First.Name));
            whole = new Block(whole.First, next.Ends);
        }

        return whole;
    }

    private bool HasRoom => _tasks.Count < MostTasks - 6 && _attempts < MostAttempts;

    private Block Blocks(int depth)
    {
        var kind = _dice.Below(100);
        if (depth >= MostDepth || !HasRoom)
        {
            kind %= 62;
        }

        return kind switch
        {
            < 30 => Plain(),
            < 46 => WithItems(),
            < 51 => Retrying(),
            < 54 => Delayed(),
            < 57 => Hanging(),
            < 59 => Skipped(),
            < 60 => Unhandled(),
            < 62 => Commanding(),
            < 80 => Fork(depth),
            < 88 => Choice(depth),
            < 95 => Loop(depth),
            _ => Handled(depth),
        };
    }

    private Block Plain()
    {
        var task = Task(_dice.OneIn(12) ? "f" : _dice.OneIn(10) ? "x" : "1");
        if (_dice.OneIn(4))
        {
            task.Keys.Add("input: {n: \"{{ system.run_id }}\", visit: \"{{ system.visit }}\"}");
        }

        if (_dice.OneIn(5))
        {
            task.Keys.Add("idempotent: true");
        }

        return End(task, task.Edge(_dice.OneIn(2) ? "succeeded()" : null, _dice.OneIn(5) ? $"[{Variable()}: \"{{{{ result() }}}}\"]" : null));
    }

    private Block WithItems()
    {
        var count = _dice.Below(8);
        var task = Task(_dice.Of(["1", "1", "1", "1", "f", "1f", "1111f", "11t", "f1", "1x"]));
        _attempts += count * _laps;
        task.Keys.Add(_dice.Below(3) switch
        {
            0 => $"with_items: [{string.Join(", ", Enumerable.Range(0, count))}]",
            1 => $"with_items: \"{{{{ range({count}) }}}}\"",
            _ => $"with: {{items: \"{{{{ range(0, {count}) }}}}\", concurrency: {_dice.Between(1, 4)}}}",
        });
        if (!task.Keys[^1].StartsWith("with:", StringComparison.Ordinal) && !_dice.OneIn(4))
        {
            task.Keys.Add($"concurrency: {_dice.Between(1, 4)}");
        }

        if (_dice.OneIn(3))
        {
            task.Keys.Add("input: {n: \"{{ item }}\", at: \"{{ index }}\"}");
        }

        if (_dice.OneIn(4))
        {
            task.Keys.Add(Retry());
        }

        if (_dice.OneIn(8))
        {
            _isOrderFree = false;
            task.Keys.Add("fail_fast: true");
        }

        return End(task, task.Edge(_dice.OneIn(2) ? "succeeded()" : null, _dice.OneIn(5) ? $"[{Variable()}: \"{{{{ length(result()) }}}}\"]" : null));
    }

    private Block Retrying()
    {
        var task = Task(_dice.Of(["f1", "ff1", "t1", "tf1", "f", "fft"]));
        _attempts += 2 * _laps;
        task.Keys.Add(Retry());
        return End(task, task.Edge(_dice.OneIn(2) ? "succeeded()" : null));
    }

    private string Retry() =>
        $"retry: {{count: {_dice.Between(1, 3)}, delay: {_dice.Below(4)}, backoff: {_dice.Of(["constant", "linear", "exponential"])}}}";

    private Block Delayed()
    {
        var task = Task("1");
        task.Keys.Add($"delay: {_dice.Of(["1", "5s", "2m", "90s", "0"])}");
        return End(task, task.Edge());
    }

    private Block Hanging()
    {
        var task = Task(_dice.Of(["h", "h1", "1h"]));
        task.Keys.Add($"timeout: {_dice.Between(1, 90)}");
        task.Edge("timed_out()").Targets.Add("noop");
        return End(task, task.Edge("not succeeded()"), task.Edge("succeeded()"));
    }

    private Block Skipped()
    {
        var task = Task("1");
        task.Keys.Add(_dice.OneIn(2) ? "when: false" : "when: \"{{ system.visit > 1 }}\"");
        return End(task, task.Edge(_dice.OneIn(2) ? "skipped() or succeeded()" : null));
    }

    private Block Unhandled()
    {
        var task = Task("f");
        return End(task, task.Edge("succeeded()"));
    }

    private Block Commanding()
    {
        var task = Task(_dice.Of(["1", "f", "f1"]));
        var command = _dice.Of(["continue", "noop", "retry", "fail"]);
        var onward = _dice.OneIn(2) ? "succeeded()" : null;
        _isOrderFree &= command != "fail" && (command != "retry" || onward is not null);
        task.Edge(command == "retry" ? "failed()" : _dice.Of(["failed()", "succeeded()", "true"])).Targets.Add(command);
        return End(task, task.Edge(onward));
    }

    private Block Fork(int depth)
    {
        var fork = Task("1");
        var together = _dice.OneIn(2) ? fork.Edge() : null;
        var branches = _dice.Between(2, 4);
        var ends = new List<EdgeDraft>();
        for (var branch = 0; branch < branches; branch++)
        {
            var sequence = Sequence(depth + 1);
            (together ?? fork.Edge()).Targets.Add(sequence.First.Name);
            ends.Add(sequence.Ends.Count == 1 && sequence.HasOneLastTask(_tasks) ? sequence.Ends[0] : Merge(sequence.Ends));
        }

        var join = Task("1");
        switch (_dice.Below(4))
        {
            case 0:
                join.Keys.Add($"join: {_dice.Between(1, branches)}");
                break;
            case < 3:
                join.Keys.Add("join: all");
                break;
        }

        // A branch that is still on its way when the loop turns may arrive in either lap.
        _isOrderFree &= _laps == 1 || join.Keys.Contains("join: all");
        ends.ForEach(end => end.Targets.Add(join.Name));
        return End(fork, join.Edge());
    }

    private EdgeDraft Merge(List<EdgeDraft> ends)
    {
        var merge = Task("1");
        ends.ForEach(end => end.Targets.Add(merge.Name));
        return merge.Edge();
    }

    private Block Choice(int depth)
    {
        var task = Task(_dice.Of(["0", "1", "2", "012", "21"]));
        var ends = new List<EdgeDraft>();
        for (var branch = 0; branch < 3; branch++)
        {
            var edge = task.Edge(branch == 2 ? "result().v >= 2" : $"result().v == {branch}");
            if (branch == 1 && _dice.OneIn(3))
            {
                ends.Add(edge);
                continue;
            }

            var sequence = Sequence(depth + 1);
            edge.Targets.Add(sequence.First.Name);
            ends.AddRange(sequence.Ends);
        }

        return new Block(task, ends);
    }

    private Block Loop(int depth)
    {
        var counter = Variable();
        var laps = _dice.Between(1, 4);
        var head = Task("1");
        _laps *= laps;
        var body = Sequence(depth + 1);
        head.Edge(null, $"[{counter}: \"{{{{ workflow.{counter} + 1 }}}}\"]").Targets.Add(body.First.Name);
        var tail = Task("1");
        body.Ends.ForEach(end => end.Targets.Add(tail.Name));
        _laps /= laps;
        tail.Edge($"workflow.{counter} < {laps}").Targets.Add(head.Name);
        return End(head, tail.Edge($"workflow.{counter} >= {laps}"));
    }

    private Block Handled(int depth)
    {
        var task = Task(_dice.Of(["f", "f1", "t", "1f"]));
        var recovery = Sequence(depth + 1);
        task.Edge("not succeeded()").Targets.Add(recovery.First.Name);
        return new Block(task, [task.Edge("succeeded()"), .. recovery.Ends]);
    }

    private static Block End(TaskDraft first, params List<EdgeDraft> ends) => new(first, ends);

    private TaskDraft Task(string letters)
    {
        var name = _dice.OneIn(6) ? $"{_dice.Of(AwkwardNames)}{_tasks.Count}" : $"t{_tasks.Count}";
        name = _dice.OneIn(200) ? name + new string('n', 255 - name.Length) : name;
        var task = new TaskDraft(name) { Letters = letters };
        task.Keys.Add("action: core.noop");
        _tasks.Add(task);
        _attempts += _laps;
        return task;
    }

    private string Variable()
    {
        var name = $"w{_variables.Count}";
        _variables.Add(name);
        return name;
    }

    /// <param name="Ends">Edges that still lack the target that comes next.</param>
    private sealed record Block(TaskDraft First, List<EdgeDraft> Ends)
    {
        public bool HasOneLastTask(List<TaskDraft> tasks) =>
            tasks.Exists(task => task.Edges.Contains(Ends[0]) && task.Edges.Count == 1);
    }
}
