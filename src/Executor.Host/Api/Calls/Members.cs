using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using Executor.Core.Workflows;

namespace Executor.Host.Api.Calls;

/// <summary>What the content of a call may hold, read off the shape that it is given to.</summary>
internal static class Members
{
    private const int LongestShown = 40;

    public static string NamesOf(Type shape) => string.Join(", ", Of(shape).Keys);

    /// <returns>A sentence for each; none when the content fits.</returns>
    /// <exception cref="InvalidOperationException">A text is none.</exception>
    public static IEnumerable<string> MistakesOf(JsonElement content, Type shape)
    {
        if (content.ValueKind != JsonValueKind.Object)
        {
            return [$"The content is {Told(content)}; expected an object with: {NamesOf(shape)}."];
        }

        var known = Of(shape);
        var given = content.EnumerateObject().ToLookup(member => member.Name, member => member.Value);
        var missing = known.Where(member => member.Value.IsDefined(typeof(JsonRequiredAttribute)) && !given.Contains(member.Key));
        return
        [
            .. missing.Select(member => $"'{member.Key}' is missing."),
            .. given.SelectMany(member => (member.Count(), known.TryGetValue(member.Key, out var property)) switch
            {
                (_, false) => [Unknown(member.Key, known.Keys)],
                (1, _) => MistakesOf(member.Key, member.First(), property!.PropertyType),
                _ => [Twice(member.Key)],
            }),
        ];
    }

    private static SortedDictionary<string, PropertyInfo> Of(Type shape) => new(
        shape.GetProperties().ToDictionary(property => JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name)),
        StringComparer.Ordinal);

    private static string Unknown(string name, IEnumerable<string> known)
    {
        var hint = new NearestName().To(name, known) is { } near ? $" Did you mean '{near}'?" : "";
        return $"There is no '{name}' here.{hint} Known are: {string.Join(", ", known)}.";
    }

    private static IEnumerable<string> MistakesOf(string name, JsonElement value, Type type)
    {
        var wanted = Nullable.GetUnderlyingType(type) ?? type;
        if (value.ValueKind == JsonValueKind.Null && (wanted != type || !type.IsValueType))
        {
            return [];
        }

        if (wanted == typeof(IReadOnlyList<string>) && value.ValueKind == JsonValueKind.Array)
        {
            return value.EnumerateArray().SelectMany((one, place) => Fits(one, typeof(string))
                ? Enumerable.Empty<string>()
                : [Wrong($"{name}[{place}]", one, typeof(string))]);
        }

        return !Fits(value, wanted) ? [Wrong(name, value, wanted)]
            : wanted == typeof(Dictionary<string, JsonElement>)
                ? value.EnumerateObject().CountBy(member => member.Name).Where(one => one.Value > 1).Select(one => Twice($"{name}.{one.Key}"))
                : [];
    }

    private static string Twice(string name) => $"'{name}' is given more than once.";

    private static bool Fits(JsonElement value, Type wanted) => value.ValueKind switch
    {
        _ when wanted == typeof(JsonElement) => true,
        JsonValueKind.String => wanted == typeof(string) && value.GetString() is not null,
        JsonValueKind.Number => (wanted == typeof(int) && value.TryGetInt32(out _)) || wanted == typeof(double),
        JsonValueKind.True or JsonValueKind.False => wanted == typeof(bool),
        JsonValueKind.Object => wanted == typeof(Dictionary<string, JsonElement>)
            && value.EnumerateObject().All(member => member.Name is not null),
        _ => false,
    };

    private static string Wrong(string name, JsonElement value, Type wanted) =>
        $"'{name}' is {Told(value)}; expected {Expected(wanted)}.";

    private static string Expected(Type wanted) => wanted switch
    {
        _ when wanted == typeof(string) => "a text",
        _ when wanted == typeof(int) => "a whole number",
        _ when wanted == typeof(double) => "a number",
        _ when wanted == typeof(bool) => "true or false",
        _ when wanted == typeof(IReadOnlyList<string>) => "a list of texts",
        _ when wanted == typeof(Dictionary<string, JsonElement>) => "an object of names and values",
        _ => throw new NotSupportedException($"No content is read as {wanted}."),
    };

    private static string Told(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "a text",
        JsonValueKind.Number when value.GetRawText() is { Length: > LongestShown } => "a long number",
        _ => value.GetRawText(),
    };
}
