namespace Executor.Host.Logs;

internal enum LogFormat
{
    /// <summary>For people.</summary>
    Text,

    /// <summary>One JSON object a line, for whatever collects them.</summary>
    Json,
}
