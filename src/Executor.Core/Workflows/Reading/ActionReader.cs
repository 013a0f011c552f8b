using System.Collections.Immutable;
using Executor.Core.Expressions;
using Executor.Core.Values;
using Executor.Core.Workflows.Yaml;

namespace Executor.Core.Workflows.Reading;

/// <summary>Reads what a task calls and with what.</summary>
internal sealed class ActionReader(ValueReader values)
{
    private readonly ProblemList _problems = values.Problems;

    /// <returns>An action of null stands for one that could not be read.</returns>
    public (Template Action, Template Input, TaskPlaces Places) Read(Fields task)
    {
        var input = task.Find("input");
        var (named, inline) = Called(task);
        if (named is { Text: var name } && QuestionAction.Is(name))
        {
            CheckQuestion(input?.Node, inline, task.Owner);
        }

        var written = (input?.Node as YamlNode.Mapping)?.Entries ?? [];
        var places = new TaskPlaces(
            named?.Places.First ?? task.Mapping.At,
            [.. task.Mapping.Entries.Select(entry => KeyValuePair.Create(entry.Key, entry.KeyAt))],
            [
                .. inline.Select(entry => KeyValuePair.Create(entry.Name, entry.At)),
                .. written.Select(entry => KeyValuePair.Create(entry.Key, entry.KeyAt)),
            ]);
        var action = named is null ? Template.Constant(Value.Null) : values.Template(named.Text, named.Places);
        return (action, Input(input, inline), places);
    }

    /// <summary>Of mistakes among inputs behind the action only a check tells: texts with them may be stored.</summary>
    private void CheckQuestion(YamlNode? input, ImmutableArray<NamedTemplate> inline, string owner)
    {
        if (inline.IsEmpty)
        {
            new QuestionReader(values).Check(input as YamlNode.Mapping, owner);
        }
        else if (input is null or YamlNode.Mapping)
        {
            var before = inline.Where(entry => entry.Template.Literal is not null)
                .Select(entry => new YamlEntry(entry.Name, entry.At, ValueSchema.NodeOf(entry.Template.Literal!, entry.At)));
            var below = (input as YamlNode.Mapping)?.Entries ?? [];
            ImmutableArray<YamlEntry> all = [.. before.Concat(below).DistinctBy(entry => entry.Key)];
            var found = new ProblemList();
            new QuestionReader(new ValueReader(found)).Check(new YamlNode.Mapping(all, input?.At ?? Position.Start), owner);
            var errors = found.ToImmutable().Where(problem => problem.Severity == ProblemSeverity.Error);
            foreach (var (code, message, at, advice, _) in errors)
            {
                _problems.ErrorWhenChecked(code, message, at, advice);
            }
        }
    }

    /// <summary>The action's name, and the inputs behind it.</summary>
    private (Part? Name, ImmutableArray<NamedTemplate> Inputs) Called(Fields task)
    {
        var action = task.Require("action");
        if (action?.Node is not YamlNode.Scalar { Value: Value.Text } text)
        {
            if (action is not null)
            {
                values.WrongType<object>(action, "a text");
            }

            return (null, []);
        }

        var (split, open) = InlineInput.Split(text.Text);
        var parts = split.Select(part => new Part(part.Text, text.Places.From(part.Offset))).ToList();
        if (parts.Count == 0)
        {
            values.WrongValue<object>(action, "the name of an action");
            return (null, []);
        }

        var before = _problems.Count;
        ImmutableArray<NamedTemplate> inputs =
            [.. parts.Skip(1).Select(part => Inline(part, task.Owner)).OfType<NamedTemplate>()];
        if (open is { } at && _problems.Count == before)
        {
            _problems.ErrorWhenChecked(
                ProblemCode.WrongValue,
                $"The {text.Text[at]} behind the action of {task.Owner} is never closed.",
                text.Places[at],
                "Close it, put quotes around the whole value, or write it under 'input'.");
        }

        return (parts[0], inputs);
    }

    private NamedTemplate? Inline(Part part, string owner)
    {
        var (text, places) = (part.Text, part.Places);
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        if (equals > 0 && TaskNames.IsTaskName(text[..equals]))
        {
            var (name, value, at) = (text[..equals], text[(equals + 1)..], places.From(equals + 1));
            if (InlineInput.BehindQuotes(value) is { } behind)
            {
                _problems.ErrorWhenChecked(
                    ProblemCode.WrongValue,
                    $"Behind the quotes of input '{name}' of {owner} stands '{value[behind..]}'.",
                    at[behind],
                    "Put a blank between two inputs, and quotes around a whole value; a quote in it has a \\ before it.");
            }

            return new NamedTemplate(name, InlineInput.Value(value, at, values), places.First);
        }

        _problems.Error(
            ProblemCode.WrongValue,
            $"Behind the action of {owner} stands '{text}'.",
            places.First,
            "Write inputs as key=value, or under 'input'.");
        return null;
    }

    private Template Input(Field? input, ImmutableArray<NamedTemplate> inline)
    {
        var entries = ImmutableArray.CreateBuilder<KeyValuePair<string, Template>>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in inline)
        {
            Add(entry.Name, entry.Template, entry.At);
        }

        switch (input?.Node)
        {
            case null:
                break;
            case YamlNode.Mapping map:
                foreach (var entry in map.Entries)
                {
                    Add(entry.Key, values.Template(entry.Value), entry.KeyAt);
                }

                break;
            case YamlNode.Scalar { Value: Value.Text } text when inline.IsEmpty
                && values.Parsed(text) is var whole && whole?.Literal is null:
                return whole ?? Template.Map([]);
            case YamlNode.Scalar { Value: Value.Text } text when text.Text.Contains("{{", StringComparison.Ordinal)
                && !inline.IsEmpty:
                _problems.Error(
                    ProblemCode.WrongType,
                    $"{input.Name} comes from one template, so nothing can stand beside it behind the action.",
                    input.At,
                    "Write all inputs as a map under 'input'.");
                break;
            default:
                values.WrongType<object>(input, "a map");
                break;
        }

        return Template.Map(entries.ToImmutable());

        void Add(string name, Template template, Position at)
        {
            if (names.Add(name))
            {
                entries.Add(KeyValuePair.Create(name, template));
            }
            else
            {
                _problems.Error(ProblemCode.WrongValue, $"The input '{name}' is given twice.", at, "Keep one of the two.");
            }
        }
    }

    /// <summary>A word of the text behind <c>action</c>.</summary>
    private sealed record Part(string Text, TextPlaces Places);
}
