using System.Collections.Immutable;
using Executor.Core.Workflows.Yaml;

namespace Executor.Core.Workflows.Reading;

/// <summary>What a schema says and no value could ever meet.</summary>
internal static class SchemaEffects
{
    private static readonly (string Key, string What, ImmutableArray<string> Types)[] Constraints =
    [
        ("minimum", "bounds numbers", ["integer", "number"]),
        ("maximum", "bounds numbers", ["integer", "number"]),
        ("min_length", "counts characters or elements", ["string", "array"]),
        ("minLength", "counts characters or elements", ["string", "array"]),
        ("max_length", "counts characters or elements", ["string", "array"]),
        ("maxLength", "counts characters or elements", ["string", "array"]),
        ("pattern", "is for texts", ["string"]),
        ("items", "is for the elements of lists", ["array"]),
        ("properties", "is for the members of objects", ["object"]),
    ];

    public static void Check(ParameterSpec spec, Fields fields, ProblemList problems)
    {
        if (!spec.Types.IsEmpty)
        {
            foreach (var (key, what, types) in Constraints)
            {
                if (fields.Find(key) is { } field && !spec.Types.Any(types.Contains))
                {
                    Warn(field, $"it {what}, and the type is {string.Join(" or ", spec.Types)}", problems);
                }
            }
        }

        CheckEnum(spec, fields, problems);
    }

    /// <summary>An element is there or it is not: it can neither be missing nor be filled in.</summary>
    public static void CheckElement(ParameterSpec spec, Fields fields, ProblemList problems)
    {
        if (spec.Required && fields.Find("required") is { } required)
        {
            Warn(required, "an element of a list is never missing", problems);
        }

        if (fields.Find("default") is { } byDefault)
        {
            Warn(byDefault, "an element of a list is never missing", problems);
        }
    }

    /// <summary>What has a default is never missing.</summary>
    /// <remarks>A list of required names, as JSON Schemas have it, often comes from elsewhere and is left in peace.</remarks>
    public static void CheckRequired(ParameterSpec spec, Fields fields, ProblemList problems)
    {
        if (spec is { Required: true, Default.IsNull: false } && fields.Find("required") is { Node: YamlNode.Scalar } flag)
        {
            problems.Warn(
                ProblemCode.NoEffect, $"{flag.Name} has no effect: where it is not given, its default is taken.",
                flag.KeyAt, "Remove 'required' or 'default'.");
        }
    }

    private static void CheckEnum(ParameterSpec spec, Fields fields, ProblemList problems)
    {
        if (fields.Find("enum") is not { Node: YamlNode.Sequence list } field)
        {
            return;
        }

        var others = spec with { Enum = [] };
        foreach (var item in list.Items)
        {
            var value = item.ToValue();
            if (!value.IsNull && Inputs.CheckValue(others, value) is [var wrong, ..])
            {
                problems.Warn(
                    ProblemCode.NoEffect, $"{field.Name} allows {NodeText.Of(item)} in vain: {wrong.Message}", item.At,
                    "Correct the value or the type, or remove the value.");
            }
        }
    }

    private static void Warn(Field field, string why, ProblemList problems) =>
        problems.Warn(
            ProblemCode.NoEffect, $"{field.Name} has no effect: {why}.", field.KeyAt, "Remove the key, or correct the type.");
}
