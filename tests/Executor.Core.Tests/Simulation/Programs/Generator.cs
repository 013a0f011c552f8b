using System.Text;
using Executor.Core.Tests.Simulation.Engine;

namespace Executor.Core.Tests.Simulation.Programs;

/// <summary>Makes up valid workflows of nested blocks, and how their attempts end.</summary>
internal sealed class Generator
{
    private const int MostDepth = 3;

    private readonly Dice _dice;
    private readonly Sketch _sketch;
    private readonly SingleTasks _single;
    private readonly Dice _trim;
    private readonly Parameters _parameters;

    private Generator(ulong seed)
    {
        _dice = new Dice(seed);
        _sketch = new Sketch(_dice);
        _single = new SingleTasks(_dice, _sketch);
        _trim = new Dice(~seed);
        _parameters = new Parameters(_trim);
    }

    public static Scenario Make(ulong seed)
    {
        var generator = new Generator(seed);
        var (yaml, letters) = generator.Write();
        return Scenario.Read(yaml, letters, generator._sketch.IsOrderFree);
    }

    /// <summary>Only the text, for those who want to break it.</summary>
    public static (string Yaml, Dictionary<string, string> Letters) Text(ulong seed) =>
        new Generator(seed).Write();

    private (string Yaml, Dictionary<string, string> Letters) Write()
    {
        Sequence(0);
        var given = _parameters.Any;
        _sketch.Tasks.ForEach(new Trimmings(_trim, given).Add);
        var yaml = new StringBuilder("ref: simulated.flow\n");
        _parameters.Write(yaml);
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
            _sketch.IsOrderFree = false;
            yaml.Append("timeout: ").Append(_dice.Between(1, 100)).Append("s\n");
        }

        WriteVariables(yaml, given);
        yaml.Append("tasks:\n");
        _sketch.Tasks.Except(_sketch.Tasks.SelectMany(task => task.Inside)).ToList().ForEach(task => task.Write(yaml));
        return (yaml.ToString(), _sketch.Tasks.ToDictionary(task => task.Name, task => task.Letters));
    }

    /// <param name="parameter">One that the variables may be made of; null when there is none.</param>
    private void WriteVariables(StringBuilder yaml, string? parameter)
    {
        var variables = _sketch.Variables.ConvertAll(variable => $"{variable}: 0");
        if (parameter is not null)
        {
            variables.AddRange([$"given: \"{{{{ parameters.{parameter} }}}}\"", "twice: \"{{ [vars.given, given] }}\""]);
        }

        if (variables.Count == 0)
        {
            return;
        }

        yaml.Append("vars:\n");
        var mark = _trim.OneIn(3) ? "  " : "  - ";
        variables.ForEach(variable => yaml.Append(mark).Append(variable).Append('\n'));
        var last = _sketch.Variables.Count > 0 ? _dice.Of(_sketch.Variables) : "twice";
        yaml.Append(_trim.OneIn(3) ? "output:\n  - last" : "output_map:\n  last")
            .Append(": \"{{ workflow.").Append(last).Append(" }}\"\n");
    }

    private Block Sequence(int depth)
    {
        var whole = Blocks(depth);
        for (var more = _dice.Below(depth == 0 ? 4 : 2); more > 0 && _sketch.HasRoom; more--)
        {
            var next = Blocks(depth);
            whole.Ends.ForEach(end => end.Targets.Add(next.First.Name));
            whole = new Block(whole.First, next.Ends);
        }

        return whole;
    }

    private Block Blocks(int depth)
    {
        var kind = _dice.Below(100);
        if (depth >= MostDepth || !_sketch.HasRoom)
        {
            kind %= 62;
        }

        return kind switch
        {
            < 28 => _single.Plain(),
            < 30 => _single.Asking(),
            < 46 => _single.WithItems(),
            < 51 => _single.Retrying(),
            < 54 => _single.Delayed(),
            < 57 => _single.Hanging(),
            < 59 => _single.Skipped(),
            < 60 => _single.Unhandled(),
            < 62 => _single.Commanding(),
            < 68 => Parallel(depth),
            < 80 => Fork(depth),
            < 88 => Choice(depth),
            < 95 => Loop(depth),
            _ => Handled(depth),
        };
    }

    private Block Fork(int depth)
    {
        var fork = _sketch.Task("1");
        var together = _dice.OneIn(2) ? fork.Edge() : null;
        var branches = _dice.Between(2, 4);
        var ends = new List<EdgeDraft>();
        for (var branch = 0; branch < branches; branch++)
        {
            var sequence = Sequence(depth + 1);
            (together ?? fork.Edge()).Targets.Add(sequence.First.Name);
            ends.Add(sequence.Ends.Count == 1 && sequence.HasOneLastTask(_sketch.Tasks) ? sequence.Ends[0] : Merge(sequence.Ends));
        }

        var join = _sketch.Task("1");
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
        _sketch.IsOrderFree &= _sketch.Laps == 1 || join.Keys.Contains("join: all");
        ends.ForEach(end => end.Targets.Add(join.Name));
        return Block.Of(fork, join.Edge());
    }

    /// <summary>What is inside leads nowhere, except to engine commands.</summary>
    private Block Parallel(int depth)
    {
        var task = _sketch.Task("1");
        task.Keys.Clear();
        if (_dice.OneIn(5))
        {
            task.Keys.Add(_dice.Of(["delay: 3", "when: false", "when: \"{{ system.visit == 1 }}\""]));
        }

        for (var count = _dice.Between(1, 4); count > 0; count--)
        {
            var block = _dice.Below(12) switch
            {
                < 3 => _single.Plain(),
                < 4 => _single.Asking(),
                < 7 => _single.WithItems(),
                < 8 => _single.Retrying(),
                < 9 => _single.Hanging(),
                < 10 => _single.Commanding(),
                _ when depth < MostDepth && _sketch.HasRoom => Parallel(depth + 1),
                _ => _single.Unhandled(),
            };
            block.First.Edges.RemoveAll(edge => edge.Targets.Count == 0 && edge.Publish is null);
            task.Inside.Add(block.First);
        }

        var command = _dice.OneIn(6) ? _dice.Of(["retry", "fail", "continue"]) : null;
        _sketch.IsOrderFree &= command != "fail" && command != "retry";
        if (command is not null)
        {
            task.Edge("failed()").Targets.Add(command);
        }

        return Block.Of(task, task.Edge(_dice.OneIn(2) ? "succeeded()" : null));
    }

    private EdgeDraft Merge(List<EdgeDraft> ends)
    {
        var merge = _sketch.Task("1");
        ends.ForEach(end => end.Targets.Add(merge.Name));
        return merge.Edge();
    }

    private Block Choice(int depth)
    {
        var task = _sketch.Task(_dice.Of(["0", "1", "2", "012", "21"]));
        task.Decides = _dice.OneIn(3);
        var ends = new List<EdgeDraft>();
        for (var branch = 0; branch < 3; branch++)
        {
            var last = task.Decides ? null : "result().v >= 2";
            var edge = task.Edge(branch == 2 ? last : task.Decides ? $"result().v <= {branch}" : $"result().v == {branch}");
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
        var counter = _sketch.Variable();
        var laps = _dice.Between(1, 4);
        var head = _sketch.Task("1");
        _sketch.Laps *= laps;
        var body = Sequence(depth + 1);
        head.Edge(null, $"[{counter}: \"{{{{ workflow.{counter} + 1 }}}}\"]").Targets.Add(body.First.Name);
        var tail = _sketch.Task("1");
        body.Ends.ForEach(end => end.Targets.Add(tail.Name));
        _sketch.Laps /= laps;
        tail.Edge($"workflow.{counter} < {laps}").Targets.Add(head.Name);
        return Block.Of(head, tail.Edge($"workflow.{counter} >= {laps}"));
    }

    private Block Handled(int depth)
    {
        var task = _sketch.Task(_dice.Of(["f", "f1", "t", "1f"]));
        var recovery = Sequence(depth + 1);
        task.Edge("not succeeded()").Targets.Add(recovery.First.Name);
        return new Block(task, [task.Edge("succeeded()"), .. recovery.Ends]);
    }
}
