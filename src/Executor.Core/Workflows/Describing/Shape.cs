using System.Text.Json.Nodes;

namespace Executor.Core.Workflows.Describing;

/// <summary>What values of keys look like, as parts of a JSON Schema. An empty value (<c>input:</c>) counts as absent.</summary>
internal static class Shape
{
    private const string Template = @"\{\{";
    private const string Spans =
        @"^\s*(?:[0-9]*\.?[0-9]+|[0-9]+\.|(?=[0-9])(?:[0-9]+(?:\.[0-9]+)?h)?(?:[0-9]+(?:\.[0-9]+)?m)?"
        + @"(?:[0-9]+(?:\.[0-9]+)?s)?(?:[0-9]+(?:\.[0-9]+)?ms)?)\s*$";

    public static JsonObject Anything => [];

    /// <summary>Numbers are taken as they are written.</summary>
    public static JsonObject Text => Types("string", "number", "boolean", "null");

    public static JsonObject Texts => Having(Types("array", "null"), "items", Types("string", "number", "boolean"));

    public static JsonObject Flag => Types("boolean", "null");

    public static JsonObject Number => Types("number", "null");

    /// <summary>An expression, bare or in braces.</summary>
    public static JsonObject Condition => Types("string", "boolean");

    public static JsonObject Templates => Having(
        Types("object", "array", "null"), "items",
        Having(Having(Types("object"), "minProperties", 1), "maxProperties", 1));

    public static JsonObject TemplateText => Types("string", "null");

    public static JsonObject Types(params string[] types) => new()
    {
        ["type"] = types is [var only] ? only : new JsonArray([.. types.Select(type => JsonValue.Create(type))]),
    };

    public static JsonObject Words(params string[] words) => new()
    {
        ["enum"] = new JsonArray([.. words.Select(word => JsonValue.Create(word)), null]),
    };

    public static JsonObject Integer(int lowest, int? highest = null)
    {
        var integer = Having(Types("integer", "null"), "minimum", lowest);
        return highest is { } most ? Having(integer, "maximum", most) : integer;
    }

    /// <summary>Seconds, or a text such as 1h30m.</summary>
    public static JsonObject Span(bool orTemplate) => Having(
        Having(Types("number", "string", "null"), "minimum", 0), "pattern", orTemplate ? $"{Spans}|{Template}" : Spans);

    /// <summary>The same, and more than none of it.</summary>
    public static JsonObject SpanAboveZero(bool orTemplate)
    {
        const string Above = "(?=[^1-9]*[1-9])" + Spans;
        return Having(
            Having(Types("number", "string", "null"), "exclusiveMinimum", 0), "pattern",
            orTemplate ? $"{Above}|{Template}" : Above);
    }

    /// <summary>A value, or a text with a template that gives it.</summary>
    public static JsonObject OrTemplate(JsonObject shape) =>
        Having([], "anyOf", new JsonArray(shape, Having(Types("string"), "pattern", Template)));

    public static JsonObject MapOrTemplate => Having(Types("object", "string", "null"), "pattern", Template);

    public static JsonObject Refer(string definition) => new() { ["$ref"] = "#/$defs/" + definition };

    public static JsonObject OrNothing(JsonObject shape) => OneOf(shape, Types("null"));

    public static JsonObject OneOf(params JsonObject[] shapes) => Having([], "anyOf", new JsonArray([.. shapes]));

    public static JsonObject ListOf(JsonObject element) => Having(Types("array", "null"), "items", element);

    public static JsonObject MapOf(JsonObject member) => Having(Types("object", "null"), "additionalProperties", member);

    public static JsonObject Having(JsonObject shape, string key, JsonNode part)
    {
        shape[key] = part;
        return shape;
    }
}
