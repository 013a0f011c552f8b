using System.Text;
using System.Text.RegularExpressions;
using Akka.Configuration;
using Akka.Configuration.Hocon;

namespace Executor.Actors.Configuration;

/// <summary>Reads the files of <c>hocon/</c>, which are built into this assembly.</summary>
/// <remarks>
/// Akka's parser neither finds included files nor reads environment variables: <c>${NAME}</c> looks for a key and,
/// where none is, puts an empty text over the default. So <c>%{NAME}</c> and <c>%{NAME:default}</c> are replaced here,
/// before it reads.
/// </remarks>
public sealed partial class ConfFiles(Func<string, string?> environment, Func<string, string?> files)
{
    private const string Folder = "hocon/";

    /// <param name="environment">Null for a variable that is not set.</param>
    public ConfFiles(Func<string, string?> environment)
        : this(environment, BuiltIn)
    {
    }

    /// <exception cref="ConfigurationException">No such file, or a variable without value and default.</exception>
    public Config Load(string name) => ConfigurationFactory.ParseString(Text(name), Include);

    private HoconRoot Include(string name) => Parser.Parse(Text(name), Include);

    private string Text(string name)
    {
        var text = files(name) ?? throw new ConfigurationException($"There is no configuration file '{name}'.");
        return Variable().Replace(text, match => Expand(name, match));
    }

    private static string? BuiltIn(string name)
    {
        using var stream = typeof(ConfFiles).Assembly.GetManifestResourceStream(Folder + name);
        if (stream is null)
        {
            return null;
        }

        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    private string Expand(string file, Match match)
    {
        var variable = match.Groups["name"].Value;
        var value = environment(variable)
            ?? (match.Groups["default"] is { Success: true } given ? given.Value : null)
            ?? throw new ConfigurationException(
                $"{file} needs the environment variable {variable}, which is not set and has no default.");
        return '"' + value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)
            + '"';
    }

    [GeneratedRegex(@"%\{(?<name>[A-Z][A-Z0-9_]*)(:(?<default>[^}]*))?\}", RegexOptions.CultureInvariant)]
    private static partial Regex Variable();
}
