using System.Globalization;
using Executor.Core.Workflows;

namespace Executor.Host.Settings;

/// <summary>The environment of a process against the settings that it knows; a wrong value stops the start by name.</summary>
internal sealed class SettingsReader
{
    private readonly Dictionary<string, Setting> _known;
    private readonly Dictionary<string, string> _given;

    /// <param name="known">Of this verb.</param>
    /// <param name="elsewhere">Of other verbs: may be set, and mean nothing here.</param>
    /// <exception cref="Unusable">A variable with our prefix that nobody knows.</exception>
    public SettingsReader(
        IReadOnlyList<Setting> known, IEnumerable<Setting> elsewhere, IReadOnlyDictionary<string, string> environment)
    {
        _known = known.ToDictionary(setting => setting.Name, StringComparer.Ordinal);
        _given = environment.Where(pair => pair.Value.Length > 0).ToDictionary(StringComparer.Ordinal);
        var all = _known.Keys.Concat(elsewhere.Select(setting => setting.Name)).ToHashSet(StringComparer.Ordinal);
        var stranger = _given.Keys.Order(StringComparer.Ordinal).FirstOrDefault(
            name => name.StartsWith(Setting.Prefix, StringComparison.Ordinal) && !all.Contains(name));
        if (stranger is not null)
        {
            throw new Unusable(
                "settings.unknown", $"there is no setting {stranger}",
                new NearestName().To(stranger, all) is { } near ? $"did you mean {near}?" : "see: executor serve --help");
        }
    }

    public static IReadOnlyDictionary<string, string> Environment() =>
        System.Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>()
            .ToDictionary(pair => (string)pair.Key, pair => (string)pair.Value!, StringComparer.Ordinal);

    /// <summary>Each setting as it holds, for people; secrets only say whether they are set.</summary>
    public IEnumerable<string> Lines() => _known.Values.Select(setting =>
    {
        var value = Text(setting.Name);
        var shown = setting.IsSecret && value is not null ? "********" : value ?? "(not set)";
        return $"{setting.Name} = {shown}{(_given.ContainsKey(setting.Name) ? "" : "   # default")}";
    });

    /// <returns>Null when it is neither set nor has a default.</returns>
    public string? Text(string name) => _given.GetValueOrDefault(name) ?? _known[name].Default;

    public string Required(string name) => Text(name)
        ?? throw new Unusable("settings.missing", $"{name} is not set", _known[name].Help);

    public IReadOnlyList<string> List(string name) =>
        Text(name)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];

    public int Number(string name, int least, int most) =>
        int.TryParse(Required(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number >= least && number <= most
            ? number
            : throw Wrong(name, $"a whole number from {least} to {most}");

    public bool Flag(string name) => Required(name) switch
    {
        "true" => true,
        "false" => false,
        _ => throw Wrong(name, "true or false"),
    };

    public TimeSpan Duration(string name, TimeSpan least, TimeSpan most) =>
        Durations.TryParse(Required(name), out var duration) && duration >= least && duration <= most
            ? duration
            : throw Wrong(name, $"a duration from {least} to {most}, as 30s, 5m or 1h30m");

    /// <returns>Bytes.</returns>
    public long Size(string name, long least, long most) =>
        Sizes.TryParse(Required(name), out var bytes) && bytes >= least && bytes <= most
            ? bytes
            : throw Wrong(name, $"a size from {Sizes.Text(least)} to {Sizes.Text(most)}, as 4096 (bytes), 512KiB, 64MiB or 2GiB");

    public T Word<T>(string name)
        where T : struct, Enum =>
        Enum.GetValues<T>().Cast<T?>().FirstOrDefault(
            value => string.Equals(value.ToString(), Required(name), StringComparison.OrdinalIgnoreCase))
        ?? throw Wrong(name, string.Join(" or ", Enum.GetNames<T>().Select(word => word.ToLowerInvariant())));

    /// <summary>Base64 of at least 32 bytes.</summary>
    public byte[] Key(string name)
    {
        var buffer = new byte[1_024];
        return Convert.TryFromBase64String(Required(name), buffer, out var length) && length >= 32
            ? buffer[..length]
            : throw Wrong(name, "base64 of at least 32 random bytes; make one with: openssl rand -base64 32");
    }

    /// <summary>Says what is expected; a secret is not repeated.</summary>
    public Unusable Wrong(string name, string expected)
    {
        var came = _known[name].IsSecret ? "something else" : $"'{Text(name)}'";
        return new Unusable("settings.value", $"{name} is {came}; expected {expected}", _known[name].Help);
    }
}
