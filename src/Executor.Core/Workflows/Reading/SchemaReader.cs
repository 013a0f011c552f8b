using System.Collections.Immutable;
using Executor.Core.Expressions;
using Executor.Core.Values;
using Executor.Core.Workflows.Yaml;

namespace Executor.Core.Workflows.Reading;

/// <summary>Reads <c>parameters</c>: a map from names to schemas, or one JSON Schema of an object.</summary>
internal sealed class SchemaReader(ValueReader values)
{
    private static readonly string[] Types = ["string", "integer", "number", "boolean", "array", "object", "null"];

    private readonly ProblemList _problems = values.Problems;

    public ParameterSchema? Read(Field? field)
    {
        if (field is null)
        {
            return null;
        }

        if (field.Node is not YamlNode.Mapping map)
        {
            values.WrongType<object>(field, "a map from names to schemas");
            return null;
        }

        return IsComplete(map)
            ? Complete(map)
            : new ParameterSchema([.. map.Entries.Select(entry => Named(entry, required: false))]);
    }

    /// <summary>A parameter that is called 'type' has a map for its schema, never a text.</summary>
    private static bool IsComplete(YamlNode.Mapping map) =>
        map.Entries.Any(entry => entry is { Key: "type", Value: YamlNode.Scalar { Text: "object" } });

    private ParameterSchema Complete(YamlNode.Mapping map)
    {
        var fields = Fields.Of(map, "the parameters' schema", KeyTable.RootSchema, _problems)!;
        return new ParameterSchema(
            Properties(fields.Find("properties"), fields.Find("required")),
            Open: values.Boolean(fields.Find("additionalProperties")) ?? false);
    }

    private ParameterSpec Named(YamlEntry entry, bool required) => Spec(entry.Key, entry.KeyAt, entry.Value, required);

    private ParameterSpec Spec(string name, Position at, YamlNode node, bool required, bool isElement = false)
    {
        var owner = isElement ? "the list's elements" : $"parameter '{name}'";
        var fields = node is YamlNode.Scalar { Value.IsNull: true }
            ? new Fields(new YamlNode.Mapping([], node.At), owner, _problems)
            : Fields.Of(node, owner, KeyTable.Schema, _problems) ?? new Fields(new([], node.At), owner, _problems);
        var spec = new ParameterSpec(
            name,
            ReadTypes(fields.Find("type")),
            Required(fields.Find("required")) || required,
            fields.FindEvenEmpty("default")?.Node.ToValue(),
            ReadEnum(fields.Find("enum")),
            Limit(fields.Find("minimum")),
            Limit(fields.Find("maximum")),
            Length(fields.Find("min_length", "minLength")),
            Length(fields.Find("max_length", "maxLength")),
            Pattern(fields.Find("pattern")),
            fields.Find("items") is { } items ? Spec("", items.At, items.Node, required: false, isElement: true) : null,
            Properties(fields.Find("properties"), fields.Find("required") is { Node: YamlNode.Sequence } list ? list : null),
            Secret(fields.Find("secret")),
            values.Text(fields.Find("description")));
        CheckBounds(spec, at);
        CheckDefault(spec, fields.FindEvenEmpty("default"));
        SchemaEffects.Check(spec, fields, _problems);
        if (isElement)
        {
            SchemaEffects.CheckElement(spec, fields, _problems);
        }
        else
        {
            SchemaEffects.CheckRequired(spec, fields, _problems);
        }

        return spec;
    }

    /// <param name="list">Names of properties that may not be missing; null for none.</param>
    private ImmutableArray<ParameterSpec> Properties(Field? field, Field? list)
    {
        var required = RequiredNames(list);
        if (field is null)
        {
            foreach (var name in required)
            {
                _problems.ErrorWhenChecked(
                    ProblemCode.SchemaInvalid, $"'{name}' is required, and there are no properties.", list!.KeyAt,
                    "Add 'properties' with a schema for each name.");
            }

            return [];
        }

        if (field.Node is not YamlNode.Mapping map)
        {
            Invalid(field, "a map from names to schemas");
            return [];
        }

        foreach (var name in required.Where(name => map.Entries.All(entry => entry.Key != name)))
        {
            _problems.Error(
                ProblemCode.SchemaInvalid, $"'{name}' is required but not among the properties.", field.KeyAt);
        }

        return [.. map.Entries.Select(entry => Named(entry, required.Contains(entry.Key)))];
    }

    private HashSet<string> RequiredNames(Field? field)
    {
        if (field is null or { Node: YamlNode.Sequence })
        {
            var items = ((YamlNode.Sequence?)field?.Node)?.Items ?? [];
            foreach (var item in items.Where(item => item is not YamlNode.Scalar))
            {
                _problems.Warn(
                    ProblemCode.NoEffect, $"{field!.Name} lists {NodeText.Of(item)}, which is no name.", item.At,
                    "Write the name of a property.");
            }

            return [.. items.OfType<YamlNode.Scalar>().Select(item => item.Text)];
        }

        Invalid(field, "a list of names");
        return [];
    }

    private bool Required(Field? field) => field is { Node: not YamlNode.Sequence } && Flag(field);

    private bool Flag(Field? field)
    {
        if (field is null or { Node: YamlNode.Scalar { Value: Value.Bool } })
        {
            return field?.Node.ToValue().IsTruthy ?? false;
        }

        Invalid(field, "true or false");
        return false;
    }

    /// <summary>Nothing hides values yet, so a promise to do so is not accepted.</summary>
    private bool Secret(Field? field)
    {
        var isSecret = Flag(field);
        if (isSecret)
        {
            _problems.Error(
                ProblemCode.Unsupported,
                $"{field!.Name} is not available in this version: the value would stand readable in the journal.",
                field.At,
                "Let the action read the secret where its worker runs, and remove 'secret'.");
        }

        return isSecret;
    }

    private ImmutableArray<string> ReadTypes(Field? field)
    {
        var nodes = field?.Node switch
        {
            null => [],
            YamlNode.Sequence list => list.Items,
            _ => [field.Node],
        };
        foreach (var node in nodes)
        {
            if (node is not YamlNode.Scalar scalar || !Types.Contains(scalar.Text))
            {
                var hint = node is YamlNode.Scalar text ? _problems.DidYouMean(text.Text, Types) : "";
                _problems.Error(
                    ProblemCode.SchemaInvalid, $"{field!.Name} must be a type, not {NodeText.Of(node)}.{hint}", node.At);
            }
        }

        return [.. nodes.OfType<YamlNode.Scalar>().Select(node => node.Text).Where(Types.Contains)];
    }

    private ImmutableArray<Value> ReadEnum(Field? field)
    {
        switch (field?.Node)
        {
            case null:
                return [];
            case YamlNode.Sequence { Items: not [] } list:
                return [.. list.Items.Select(item => item.ToValue())];
            default:
                Invalid(field, "a list of at least one value");
                return [];
        }
    }

    private double? Limit(Field? field)
    {
        switch (field?.Node)
        {
            case null:
                return null;
            case YamlNode.Scalar { Value: Value.Int whole }:
                return whole.Content;
            case YamlNode.Scalar { Value: Value.Float number }:
                return number.Content;
            default:
                Invalid(field, "a number");
                return null;
        }
    }

    private int? Length(Field? field)
    {
        if (field is null or { Node: YamlNode.Scalar { Value: Value.Int { Content: >= 0 and <= int.MaxValue } } })
        {
            return (int?)(field?.Node.ToValue() as Value.Int)?.Content;
        }

        Invalid(field, "an integer of at least 0");
        return null;
    }

    private string? Pattern(Field? field)
    {
        if (field?.Node is not YamlNode.Scalar { Value: Value.Text } text)
        {
            if (field is not null)
            {
                Invalid(field, "a regular expression");
            }

            return null;
        }

        if (InputPattern.TryParse(text.Text, out _))
        {
            return text.Text;
        }

        Invalid(field, "a regular expression without look-around and back references");
        return null;
    }

    private void CheckBounds(ParameterSpec spec, Position at)
    {
        if (spec.Minimum > spec.Maximum || spec.MinLength > spec.MaxLength)
        {
            _problems.Error(
                ProblemCode.SchemaInvalid, $"The bounds of parameter '{spec.Name}' leave no value.", at);
        }
    }

    private void CheckDefault(ParameterSpec spec, Field? field)
    {
        if (field is null || spec.Default is null or { IsNull: true })
        {
            return;
        }

        foreach (var problem in Inputs.CheckValue(spec, spec.Default))
        {
            _problems.Error(ProblemCode.SchemaInvalid, $"The default does not fit: {problem.Message}", field.At);
        }
    }

    private void Invalid(Field field, string expected) =>
        _problems.Error(
            ProblemCode.SchemaInvalid, $"{field.Name} must be {expected}, not {NodeText.Of(field.Node)}.", field.At);
}
