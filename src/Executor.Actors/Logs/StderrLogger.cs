using Akka.Event;

namespace Executor.Actors.Logs;

/// <summary>What Akka says before its loggers are up and after they are gone.</summary>
public sealed class StderrLogger : MinimalLogger
{
    protected override void Log(object message)
    {
        if (message is LogEvent said && LogSink.Write is { } elsewhere)
        {
            elsewhere(said);
            return;
        }

        Console.Error.WriteLine(message);
    }
}
