using System.Collections.Concurrent;
using Executor.Core.Messages;
using Executor.Core.Runs;
using Executor.Core.Values;
using Executor.Worker;
using Executor.Worker.Actions;
using Executor.Worker.Runners;

namespace Executor.Integration.Tests.Workers;

/// <summary>Runs single actions through a whole worker, in real time, and hands out how they ended.</summary>
internal sealed class Running : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _working;
    private int _next;

    public Running(Action<WorkerOptions>? options = null, IActionObserver? observer = null)
    {
        var chosen = new WorkerOptions { Name = "w1", Parallelism = 50, KeepResults = false };
        options?.Invoke(chosen);
        _working = new WorkerLoop(Link, new ActionCatalog(CoreActions.All(chosen)), chosen, null, null, observer)
            .RunAsync(_stop.Token);
    }

    public FakeLink Link { get; } = new();

    public static Value.Map Input(string json) => (Value.Map)ValueJson.Parse(json);

    public static async Task<ItemOutcome> OnceAsync(string action, string json, Action<WorkerOptions>? options = null)
    {
        await using var running = new Running(options);
        return await running.RunAsync(running.Begin(action, Input(json)));
    }

    public static Task<ItemOutcome> ShellAsync(string json, Action<WorkerOptions>? options = null) =>
        OnceAsync("core.shell", json, options);

    /// <summary>Sends a request of its own slot.</summary>
    public TaskRequest Begin(string action, Value.Map input, TimeSpan? timeout = null)
    {
        var request = Bench.Request(action, input, Interlocked.Increment(ref _next));
        request = timeout is null ? request : request with { Timeout = timeout.Value };
        Link.Send(request);
        return request;
    }

    public async Task<ItemOutcome> RunAsync(TaskRequest request)
    {
        await Wait.UntilAsync(() => Link.Reports.Any(result => result.Id == request.Id), "its result is reported");
        return Link.Reports.First(result => result.Id == request.Id).Outcome;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _working;
        _stop.Dispose();
    }
}

internal sealed class Listener : IActionObserver
{
    public ConcurrentQueue<string> Lines { get; } = new();

    public void Said(TaskRequest request, string line) => Lines.Enqueue(line);
}
