using System.Collections.Immutable;
using System.Globalization;
using Executor.Core.Expressions;
using Executor.Core.Runs;
using Executor.Core.Values;
using Executor.Core.Workflows;
using Executor.Core.Workflows.Yaml;

namespace Executor.Core.Rehearsing;

/// <summary>A script from YAML, which JSON is a part of; all that is wrong in it at once.</summary>
public sealed class ScriptReader
{
    private readonly ProblemList _problems = new();
    private readonly OutcomeReader _outcomes;
    private readonly TaskNames _names;

    private ScriptReader(TaskNames names)
    {
        _outcomes = new OutcomeReader(_problems);
        _names = names;
    }

    /// <param name="workflow">What will be rehearsed: a task that it does not have is an error.</param>
    /// <param name="workflows">As for <see cref="Rehearsal.Of"/>; null leaves tasks of called workflows unchecked.</param>
    public static ScriptReading Read(string text, WorkflowSpec workflow, Func<string, WorkflowSpec?>? workflows = null)
    {
        var reader = new ScriptReader(new TaskNames(workflow, workflows));
        var root = YamlReader.Read(text, reader._problems);
        var script = root is null ? null : reader.Script(root);
        return new ScriptReading(reader._problems.HasErrors ? null : script, reader._problems.ToImmutable());
    }

    private RehearsalScript Script(YamlNode root)
    {
        var inputs = Value.Map.Empty;
        var fallback = ScriptedOutcome.Succeeded;
        var tasks = ImmutableDictionary<string, ImmutableArray<ScriptedVisit>>.Empty;
        DeliveryOrder order = new DeliveryOrder.Fifo();
        ImmutableArray<ScriptedControl> controls = [];
        var expect = Expectation.Nothing;
        foreach (var (key, node) in _outcomes.Entries(root, "a script", ScriptKeys.Script))
        {
            switch (key)
            {
                case "inputs":
                    inputs = Inputs(node);
                    break;
                case "script":
                    (fallback, tasks) = Outcomes(node);
                    break;
                case "order":
                    order = Order(node);
                    break;
                case "expect":
                    expect = new ExpectationReader(_outcomes, _problems, CheckTask).Read(node);
                    break;
                default:
                    controls = [.. _outcomes.Items(node, "controls").Select(Control).OrderBy(control => control.After)];
                    break;
            }
        }

        return new RehearsalScript(inputs, fallback, tasks, order, controls) { Expect = expect };
    }

    private Value.Map Inputs(YamlNode node)
    {
        if (node.ToValue() is Value.Map map)
        {
            return map;
        }

        if (!node.ToValue().IsNull)
        {
            _problems.Error(ProblemCode.WrongType, "The inputs are a map.", node.At);
        }

        return Value.Map.Empty;
    }

    private (ScriptedOutcome Default, ImmutableDictionary<string, ImmutableArray<ScriptedVisit>> Tasks) Outcomes(
        YamlNode node)
    {
        var fallback = ScriptedOutcome.Succeeded;
        var tasks = ImmutableDictionary.CreateBuilder<string, ImmutableArray<ScriptedVisit>>(StringComparer.Ordinal);
        foreach (var (key, part) in _outcomes.Entries(node, "the outcomes", ScriptKeys.Outcomes))
        {
            if (key == "default")
            {
                fallback = _outcomes.Outcome(part);
                continue;
            }

            foreach (var entry in _outcomes.AllEntries(part, "tasks"))
            {
                CheckTask(entry.Key, entry.KeyAt);
                tasks[entry.Key] = [.. _outcomes.Items(entry.Value, "visits").Select(visit => _outcomes.Visit(visit, _names.Find(entry.Key)))];
            }
        }

        return (fallback, tasks.ToImmutable());
    }

    private DeliveryOrder Order(YamlNode node)
    {
        const string Shuffle = "shuffle:";
        switch (node)
        {
            case YamlNode.Scalar { Text: "fifo" }:
                return new DeliveryOrder.Fifo();
            case YamlNode.Scalar { Text: "lifo" }:
                return new DeliveryOrder.Lifo();
            case YamlNode.Scalar { Text: var text } when text.StartsWith(Shuffle, StringComparison.Ordinal)
                && long.TryParse(text.AsSpan(Shuffle.Length), CultureInfo.InvariantCulture, out var seed):
                return new DeliveryOrder.Shuffle(seed);
            case YamlNode.Sequence list:
                return new DeliveryOrder.Listed([.. list.Items.Select(Place).OfType<DeliveryOrder.Place>()]);
            default:
                _problems.Error(
                    ProblemCode.WrongValue, "This is not an order.", node.At,
                    "Write fifo, lifo, shuffle:SEED with an integer, or a list of [task, visit, item].");
                return new DeliveryOrder.Fifo();
        }
    }

    private DeliveryOrder.Place? Place(YamlNode node)
    {
        if (node is YamlNode.Sequence { Items: { Length: 2 or 3 } parts }
            && parts[0] is YamlNode.Scalar { Value: Value.Text task } name
            && parts[1].ToValue() is Value.Int { Content: >= 1 and <= int.MaxValue } visit
            && (parts.Length == 2 ? Value.Null : parts[2].ToValue()) is var item
            && item is { IsNull: true } or Value.Int { Content: >= 0 and <= int.MaxValue })
        {
            CheckTask(task.Content, name.At);
            CheckItem(task.Content, item, node.At);
            return new DeliveryOrder.Place(
                task.Content, (int)visit.Content, item is Value.Int index ? (int)index.Content : Slot.NoItem);
        }

        _problems.Error(
            ProblemCode.WrongValue, "An entry of the order is [task, visit, item].", node.At,
            "Visits count from 1, items from 0; leave the item out, or write null, where a task has no items.");
        return null;
    }

    private ScriptedControl Control(YamlNode node)
    {
        int? after = null;
        var named = false;
        foreach (var (key, part) in _outcomes.Entries(node, "a control", ScriptKeys.Control))
        {
            if (key == "after" && part.ToValue() is Value.Int { Content: >= 0 and <= int.MaxValue } count)
            {
                after = (int)count.Content;
            }
            else if (key == "op" && part is YamlNode.Scalar { Text: "cancel" })
            {
                named = true;
            }
            else
            {
                _problems.Error(
                    ProblemCode.WrongValue, $"This is not a value for '{key}'.", part.At,
                    "after: completions delivered before it acts, from 0; op: cancel.");
            }
        }

        if (!_problems.HasErrors && (after is null || !named))
        {
            _problems.Error(ProblemCode.Missing, "A control has 'after' and 'op'.", node.At);
        }

        return new ScriptedControl(after ?? 0, ControlOperation.Cancel);
    }

    private void CheckTask(string name, Position at)
    {
        if (_names.WhyNot(name) is { } whyNot)
        {
            _problems.Error(
                ProblemCode.UnknownTarget, whyNot, at,
                "Name a task of the workflow, or call/task for one of the workflow that the task 'call' calls.");
        }
    }

    private void CheckItem(string name, Value item, Position at)
    {
        if (_names.Find(name) is not { } task || task.WithItems is null == item.IsNull)
        {
            return;
        }

        var (what, advice) = item.IsNull
            ? ("has items", "Write [task, visit, item], with items from 0.")
            : ("has no items", "Write [task, visit].");
        _problems.Error(ProblemCode.NoItems, $"'{name}' {what}.", at, advice);
    }
}
