using System.Collections.Immutable;
using Executor.Core.Runs;
using Executor.Core.Workflows;
using Executor.Core.Workflows.Yaml;

namespace Executor.Core.Rehearsing;

/// <summary>How scripted visits, items and attempts end, from the nodes of a script.</summary>
internal sealed class OutcomeReader(ProblemList problems)
{
    private static readonly Dictionary<string, SlotStatus> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        ["succeeded"] = SlotStatus.Completed,
        ["completed"] = SlotStatus.Completed,
        ["failed"] = SlotStatus.Failed,
        ["timeout"] = SlotStatus.Timeout,
        ["cancelled"] = SlotStatus.Cancelled,
        ["abandoned"] = SlotStatus.Abandoned,
    };

    /// <param name="task">Null when it is not known.</param>
    public ScriptedVisit Visit(YamlNode node, TaskSpec? task)
    {
        if (node is YamlNode.Mapping map && map.Entries.FirstOrDefault(entry => entry.Key == "items") is { } listed)
        {
            if (task is { WithItems: null })
            {
                problems.Error(
                    ProblemCode.NoItems, $"'{task.Name}' has no items.", listed.KeyAt, "Write the outcome in the place of 'items'.");
            }

            ImmutableArray<ScriptedAttempts> items = [];
            foreach (var (_, part) in Entries(node, "a visit with items", ScriptKeys.VisitWithItems))
            {
                items = [.. Items(part, "items").Select(Attempts)];
            }

            return new ScriptedVisit(ScriptedAttempts.None, items);
        }

        return new ScriptedVisit(Attempts(node), default);
    }

    public ScriptedOutcome Outcome(YamlNode node)
    {
        var outcome = ScriptedOutcome.Succeeded;
        foreach (var (key, part) in Entries(node, "an outcome", ScriptKeys.Outcome))
        {
            outcome = With(outcome, key, part);
        }

        return outcome;
    }

    /// <summary>The entries with a known key; all others are errors.</summary>
    public IEnumerable<(string Key, YamlNode Value)> Entries(YamlNode node, string what, ImmutableArray<string> known)
    {
        foreach (var entry in AllEntries(node, what))
        {
            if (known.Contains(entry.Key))
            {
                yield return (entry.Key, entry.Value);
            }
            else
            {
                problems.Error(
                    ProblemCode.UnknownKey,
                    $"There is no '{entry.Key}' in {what}.{problems.DidYouMean(entry.Key, known)}", entry.KeyAt,
                    $"Known are: {string.Join(", ", known)}.");
            }
        }
    }

    public IEnumerable<YamlEntry> AllEntries(YamlNode node, string what)
    {
        if (node is YamlNode.Mapping map)
        {
            return map.Entries;
        }

        problems.Error(ProblemCode.WrongType, $"Expected {what} as a map.", node.At, "Write key: value.");
        return [];
    }

    public IEnumerable<YamlNode> Items(YamlNode node, string what)
    {
        if (node is YamlNode.Sequence list)
        {
            return list.Items;
        }

        problems.Error(ProblemCode.WrongType, $"Expected a list of {what}.", node.At, "Begin each with a dash.");
        return [];
    }

    private ScriptedAttempts Attempts(YamlNode node)
    {
        ScriptedOutcome? otherwise = null;
        ImmutableArray<ScriptedOutcome> listed = [];
        foreach (var (key, part) in Entries(node, "an outcome", ScriptKeys.Attempts))
        {
            if (key == "attempts")
            {
                listed = [.. Items(part, "attempts").Select(Outcome)];
            }
            else
            {
                otherwise = With(otherwise ?? ScriptedOutcome.Succeeded, key, part);
            }
        }

        return new ScriptedAttempts(listed, otherwise);
    }

    private ScriptedOutcome With(ScriptedOutcome outcome, string key, YamlNode part) => key switch
    {
        "status" => outcome with { Status = Status(part) },
        "result" => outcome with { Result = part.ToValue() },
        "answer" => outcome with { Result = part.ToValue(), IsAnswer = true, At = part.At },
        _ => outcome with { Error = part is YamlNode.Scalar text && !text.Value.IsNull ? text.Text : null },
    };

    private SlotStatus Status(YamlNode node)
    {
        if (node is YamlNode.Scalar { Text: var word } && Words.TryGetValue(word, out var status))
        {
            return status;
        }

        problems.Error(
            ProblemCode.WrongValue, "This is not how an attempt ends.", node.At,
            $"Write one of {string.Join(", ", Words.Keys)}.");
        return SlotStatus.Completed;
    }
}
