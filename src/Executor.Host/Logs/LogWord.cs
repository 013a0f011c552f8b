namespace Executor.Host.Logs;

/// <summary>From which level on something is said.</summary>
internal enum LogWord
{
    Debug,
    Info,
    Warning,
    Error,
}
