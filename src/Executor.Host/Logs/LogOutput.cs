using Executor.Actors.Logs;

namespace Executor.Host.Logs;

/// <summary>How this process says things on standard error: chosen once, by the verb that runs.</summary>
internal static class LogOutput
{
    public static LogFormat Format { get; private set; }

    /// <summary>To be called before anything that logs is made.</summary>
    public static void Choose(LogFormat format)
    {
        Format = format;
        LogSink.Write = format == LogFormat.Json ? said => Write(AkkaLine.Of(said)) : null;
    }

    public static void Write(LogLine line) =>
        Console.Error.WriteLine(Format == LogFormat.Json ? line.ToJson() : line.ToText());

    /// <summary>The loggers of everything that is ours, from the level of the settings on; of others what is worth a warning.</summary>
    /// <param name="level">DEBUG, INFO, WARNING or ERROR.</param>
    public static ILoggingBuilder AddOutput(this ILoggingBuilder logging, string level) => logging
        .AddProvider(new LogProvider())
        .SetMinimumLevel(LogLevel.Warning)
        .AddFilter("Executor", level switch
        {
            "DEBUG" => LogLevel.Debug,
            "INFO" => LogLevel.Information,
            "WARNING" => LogLevel.Warning,
            _ => LogLevel.Error,
        });
}
