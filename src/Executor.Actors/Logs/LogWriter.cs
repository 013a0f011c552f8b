using System.Globalization;
using Akka.Actor;
using Akka.Dispatch;
using Akka.Event;

namespace Executor.Actors.Logs;

/// <summary>Writes log events to standard error, one line each; standard output belongs to results.</summary>
public sealed class LogWriter : ReceiveActor, IRequiresMessageQueue<ILoggerMessageQueueSemantics>
{
    public LogWriter()
    {
        Receive<InitializeLogger>(_ => Sender.Tell(new LoggerInitialized()));
        Receive<LogEvent>(Write);
    }

    private static void Write(LogEvent said)
    {
        if (LogSink.Write is { } elsewhere)
        {
            elsewhere(said);
            return;
        }

        var time = said.Timestamp.ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture);
        Console.Error.WriteLine($"{time} {Level(said)} {said.Message}{Cause(said.Cause)}");
    }

    private static string Level(LogEvent said) => said.LogLevel() switch
    {
        LogLevel.ErrorLevel => "error",
        LogLevel.WarningLevel => "warning",
        LogLevel.InfoLevel => "info",
        _ => "debug",
    };

    private static string Cause(Exception? cause) =>
        cause is null ? string.Empty : $": {cause.GetType().Name}: {cause.Message}";
}
