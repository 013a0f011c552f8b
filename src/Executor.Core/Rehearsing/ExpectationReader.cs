using System.Collections.Immutable;
using Executor.Core.Expressions;
using Executor.Core.Runs;
using Executor.Core.Values;
using Executor.Core.Workflows;
using Executor.Core.Workflows.Yaml;

namespace Executor.Core.Rehearsing;

/// <summary>The <c>expect</c> of a script.</summary>
/// <param name="checkTask">Warns of a task that the workflow does not have.</param>
internal sealed class ExpectationReader(
    OutcomeReader nodes, ProblemList problems, Action<string, Position> checkTask)
{
    private static readonly RunStatus[] Ends =
        [RunStatus.Completed, RunStatus.Failed, RunStatus.Timeout, RunStatus.Cancelled];

    public Expectation Read(YamlNode node)
    {
        var expected = Expectation.Nothing;
        foreach (var (key, part) in nodes.Entries(node, "an expectation", ScriptKeys.Expectation))
        {
            expected = key switch
            {
                "status" => expected with { Statuses = [.. OneOrMore(part).Select(Status).OfType<RunStatus>()] },
                "output" => expected with { Output = Map(part, key) },
                "variables" => expected with { Variables = Map(part, key) },
                "dispatches" => expected with { Dispatches = Counts(part) },
                _ => expected with { NotRun = [.. OneOrMore(part).Select(Task).OfType<string>()] },
            };
        }

        return expected;
    }

    private static ImmutableArray<YamlNode> OneOrMore(YamlNode node) =>
        node is YamlNode.Sequence list ? list.Items : [node];

    private string? Task(YamlNode node)
    {
        if (node is YamlNode.Scalar { Value: Value.Text name })
        {
            checkTask(name.Content, node.At);
            return name.Content;
        }

        problems.Error(ProblemCode.WrongType, "'not_run' is the name of a task, or a list of names.", node.At);
        return null;
    }

    private RunStatus? Status(YamlNode node)
    {
        foreach (var end in Ends)
        {
            if (node is YamlNode.Scalar { Text: var word } && StatusWords.Run(word) == end)
            {
                return end;
            }
        }

        problems.Error(
            ProblemCode.WrongValue, "This is not how a run ends.", node.At,
            $"Write one of {string.Join(", ", Ends.Select(StatusWords.Of))}, or a list of them.");
        return null;
    }

    private Value.Map Map(YamlNode node, string key)
    {
        if (node.ToValue() is Value.Map map)
        {
            return map;
        }

        problems.Error(ProblemCode.WrongType, $"'{key}' of an expectation is a map.", node.At);
        return Value.Map.Empty;
    }

    private ImmutableSortedDictionary<string, int> Counts(YamlNode node)
    {
        var counts = Expectation.Nothing.Dispatches;
        foreach (var entry in nodes.AllEntries(node, "dispatches"))
        {
            checkTask(entry.Key, entry.KeyAt);
            if (entry.Value.ToValue() is Value.Int { Content: >= 0 and <= int.MaxValue } count)
            {
                counts = counts.SetItem(entry.Key, (int)count.Content);
            }
            else
            {
                problems.Error(
                    ProblemCode.WrongValue, "How often a task is dispatched is an integer of at least 0.", entry.Value.At);
            }
        }

        return counts;
    }
}
