namespace Executor.Storage;

/// <summary>A closed set of names as lower-case text; read in any case.</summary>
internal static class Words<T>
    where T : struct, Enum
{
    private static readonly Dictionary<T, string> Texts =
        Enum.GetValues<T>().ToDictionary(value => value, value => value.ToString().ToLowerInvariant());

    private static readonly Dictionary<string, T> Values =
        Texts.ToDictionary(pair => pair.Value, pair => pair.Key, StringComparer.OrdinalIgnoreCase);

    public static string Of(T value) => Texts[value];

    public static T Parse(string text) => Values[text];
}
