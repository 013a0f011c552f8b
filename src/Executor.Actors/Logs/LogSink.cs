using Akka.Event;

namespace Executor.Actors.Logs;

/// <summary>Where what Akka says goes, for the whole process, as standard error is one for the whole process.</summary>
public static class LogSink
{
    /// <summary>Null: standard error, as text. To be set before a system starts.</summary>
    public static Action<LogEvent>? Write { get; set; }
}
