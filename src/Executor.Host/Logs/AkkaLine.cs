using System.Text.RegularExpressions;
using Akka.Event;

namespace Executor.Host.Logs;

/// <summary>What an actor says, as a line of ours.</summary>
internal static partial class AkkaLine
{
    public static LogLine Of(LogEvent said) => new(
        new DateTimeOffset(DateTime.SpecifyKind(said.Timestamp, DateTimeKind.Utc)), LevelOf(said),
        said.LogClass == typeof(DummyClassForStringSources) ? said.LogSource : said.LogClass.Name, said.Message?.ToString() ?? "", said.Cause, FieldsOf(said.Message));

    private static string LevelOf(LogEvent said) => said.LogLevel() switch
    {
        Akka.Event.LogLevel.ErrorLevel => "error",
        Akka.Event.LogLevel.WarningLevel => "warning",
        Akka.Event.LogLevel.InfoLevel => "info",
        _ => "debug",
    };

    private static KeyValuePair<string, object?>[] FieldsOf(object? message) => message is LogMessage sentence
        ? [.. Names().Matches(sentence.Format).Select(name => name.Groups[1].Value)
            .Zip(sentence.Parameters(), (name, value) => KeyValuePair.Create(name, (object?)value))
            .Where(field => !char.IsAsciiDigit(field.Key[0]))]
        : [];

    [GeneratedRegex(@"\{([A-Za-z0-9_]+)[^}]*\}", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Names();
}
