using Executor.Core.Expressions;
using Executor.Core.Values;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Executor.Core.Workflows.Yaml;

/// <summary>Tags of the core schema; any other would ask for a type of somebody's program.</summary>
internal static class YamlTag
{
    private const string Core = "tag:yaml.org,2002:";

    public static Value Resolve(Scalar scalar, YamlStyle style, Position at, ProblemList problems)
    {
        var tag = Name(scalar.Tag);
        if (tag is "str" or "!" || (tag is null && style != YamlStyle.Plain))
        {
            return Value.Of(scalar.Value);
        }

        if (tag is not (null or "null" or "bool" or "int" or "float"))
        {
            Refuse(scalar.Tag, at, problems);
            return Value.Of(scalar.Value);
        }

        var value = PlainScalar.Resolve(scalar.Value);
        if (value is null)
        {
            problems.Error(
                ProblemCode.YamlLimit, "A number does not fit into 64 bits; in quotes it would be a text.", at);
            return Value.Null;
        }

        if (tag is not null && !Fits(tag, value))
        {
            problems.Error(ProblemCode.YamlSyntax, $"'{scalar.Value}' is no !!{tag}.", at);
        }

        return tag == "float" && value is Value.Int integer ? Value.Of((double)integer.Content) : value;
    }

    public static void CheckCollection(TagName tag, string kind, Position at, ProblemList problems)
    {
        if (Name(tag) is { } name && name != kind && name != "!")
        {
            Refuse(tag, at, problems);
        }
    }

    private static bool Fits(string tag, Value value) => tag switch
    {
        "null" => value.IsNull,
        "bool" => value is Value.Bool,
        "int" => value is Value.Int,
        _ => value is Value.Int or Value.Float,
    };

    private static void Refuse(TagName tag, Position at, ProblemList problems) =>
        problems.Error(ProblemCode.YamlSyntax, $"The tag '{tag.Value}' is not allowed.", at);

    /// <returns>Null without a tag; the short name of a core tag; else the whole.</returns>
    private static string? Name(TagName tag) =>
        tag.IsEmpty ? null : tag.Value.StartsWith(Core, StringComparison.Ordinal) ? tag.Value[Core.Length..] : tag.Value;
}
