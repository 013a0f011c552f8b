using System.Text.RegularExpressions;
using Executor.Core.Expressions;
using Executor.Core.Values;
using Executor.Core.Workflows.Yaml;

namespace Executor.Core.Workflows.Reading;

/// <summary>Reads <c>with_items</c> and <c>with</c>, which are two ways to write one thing.</summary>
internal sealed class ItemsReader(ValueReader values)
{
    private static readonly Template One = Template.Constant(Value.Of(1));

    /// <summary>Stands for a list that could not be read.</summary>
    private static readonly Template Nothing = Template.Constant(Value.List.Empty);
    private static readonly Regex In = new(
        @"^\s*([A-Za-z_][A-Za-z0-9_]*)\s+in\s+(\S.*)$",
        RegexOptions.NonBacktracking | RegexOptions.Singleline | RegexOptions.CultureInvariant);

    private readonly ProblemList _problems = values.Problems;

    /// <summary>How the items are gone through.</summary>
    private sealed record Window(Field? Concurrency, Field? BatchSize, Field? FailFast);

    public WithItemsSpec? Read(Fields task)
    {
        var window = new Window(task.Find("concurrency"), task.Find("batch_size"), task.Find("fail_fast"));
        var items = task.FindEvenEmpty("with_items");
        var with = task.Find("with");
        if (items is not null && with is not null)
        {
            _problems.Error(
                ProblemCode.WrongValue,
                $"'with_items' and 'with' of {task.Owner} mean the same.",
                with.KeyAt,
                "Keep one of the two.");
        }

        if (items is not null)
        {
            return Spec(items, null, List(items.Node), window);
        }

        if (with is not null)
        {
            return With(with, window);
        }

        if (task.FindEvenEmpty("with") is { } empty)
        {
            _problems.Warn(
                ProblemCode.NoEffect, $"{empty.Name} has no effect: it is empty.", empty.KeyAt,
                "Name a list, or remove the key.");
        }

        foreach (var useless in new[] { window.Concurrency, window.BatchSize, window.FailFast }.OfType<Field>())
        {
            _problems.Error(ProblemCode.NoItems, $"{useless.Name} says nothing without 'with_items'.", useless.KeyAt);
        }

        return null;
    }

    private WithItemsSpec? With(Field with, Window window)
    {
        if (with.Node is not YamlNode.Mapping)
        {
            return Named(with, window);
        }

        var fields = Fields.Of(with.Node, $"'with' of {with.Owner}", KeyTable.With, _problems)!;
        var inside = window with
        {
            Concurrency = OneOf(fields.Find("concurrency"), window.Concurrency),
            BatchSize = OneOf(fields.Find("batch_size"), window.BatchSize),
        };
        return fields.Require("items") is { } items ? Named(items, inside) : null;
    }

    private Field? OneOf(Field? inside, Field? beside)
    {
        if (inside is not null && beside is not null)
        {
            _problems.Error(
                ProblemCode.WrongValue, $"{beside.Name} is given twice.", inside.KeyAt, "Keep one of the two.");
        }

        return inside ?? beside;
    }

    /// <summary><c>x in list</c>, or the list alone.</summary>
    private WithItemsSpec Named(Field items, Window window)
    {
        if (items.Node is not YamlNode.Scalar { Value: Value.Text } text || In.Match(text.Text) is not { Success: true } parts)
        {
            return Spec(items, null, List(items.Node), window);
        }

        var alias = parts.Groups[1].Value;
        if (Names.Reserved.Contains(alias))
        {
            _problems.Error(ProblemCode.ReservedVariable, $"{items.Name} names its item '{alias}'.", items.At);
        }

        var list = parts.Groups[2];
        var places = text.Places.From(list.Index);
        var template = list.Value.Contains("{{", StringComparison.Ordinal)
            ? values.Parsed(list.Value.TrimEnd(), places)
            : values.Expression(list.Value, places) is { } bare ? Template.Of(bare) : null;
        return Spec(items, alias, template ?? Nothing, window);
    }

    private Template List(YamlNode node) => node is YamlNode.Scalar { Value: Value.Text } text
        ? values.Parsed(text) ?? Nothing
        : values.Template(node);

    private WithItemsSpec Spec(Field items, string? alias, Template list, Window window) => new(
        list,
        Concurrency(window.Concurrency),
        values.Integer(window.BatchSize, lowest: 1),
        values.Boolean(window.FailFast) ?? false,
        alias,
        items.KeyAt);

    private Template Concurrency(Field? field)
    {
        if (field?.Node is YamlNode.Scalar { Value: Value.Text } text)
        {
            var template = values.Parsed(text);
            if (template?.Literal is null)
            {
                return template ?? One;
            }
        }

        return values.Integer(field, lowest: 1) is { } count ? Template.Constant(Value.Of(count)) : One;
    }
}
