using Akka.Event;

namespace Executor.Actors.Logs;

/// <summary>What Akka says before its loggers are up and after they are gone.</summary>
public sealed class StderrLogger : MinimalLogger
{
    protected override void Log(object message) => Console.Error.WriteLine(message);
}
