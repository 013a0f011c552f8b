namespace Executor.Host.Logs;

/// <summary>Loggers for what runs beside the API, which has its own.</summary>
internal sealed class OwnedLog(string level) : IAsyncDisposable
{
    private readonly ILoggerFactory _factory = LoggerFactory.Create(logging => logging.AddOutput(level));

    public ILogger<T> For<T>() => _factory.CreateLogger<T>();

    public ValueTask DisposeAsync()
    {
        _factory.Dispose();
        return ValueTask.CompletedTask;
    }
}
