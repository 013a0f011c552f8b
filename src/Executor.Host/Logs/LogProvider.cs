namespace Executor.Host.Logs;

/// <summary>Loggers that write lines of ours.</summary>
internal sealed class LogProvider : ILoggerProvider
{
    public ILogger CreateLogger(string categoryName) => new Speaker(categoryName);

    public void Dispose()
    {
    }

    private sealed class Speaker(string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter) =>
            LogOutput.Write(new LogLine(
                TimeProvider.System.GetUtcNow(), Word(logLevel), category[(category.LastIndexOf('.') + 1)..],
                formatter(state, exception), exception,
                state is IEnumerable<KeyValuePair<string, object?>> fields
                    ? [.. fields.Where(field => field.Key != "{OriginalFormat}")]
                    : []));

        private static string Word(LogLevel level) => level switch
        {
            LogLevel.Trace or LogLevel.Debug => "debug",
            LogLevel.Information => "info",
            LogLevel.Warning => "warning",
            _ => "error",
        };
    }
}
