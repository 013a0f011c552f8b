using Executor.Core.Messages;
using Executor.Core.Runs;
using Executor.Core.Values;
using Executor.Worker;
using Executor.Worker.Actions;
using Executor.Worker.Runners;
using Microsoft.Extensions.Time.Testing;

namespace Executor.Integration.Tests.Workers;

/// <summary>One worker at work in virtual time, between a fake executor and an action in the test's hands.</summary>
internal sealed class Bench : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();

    public Bench(
        FakeLink? link = null, Probe? probe = null, Action<WorkerOptions>? options = null,
        Func<ActionContext, CancellationToken, Task<ActionResult>>? action = null, IActionObserver? observer = null)
    {
        Link = link ?? new FakeLink();
        Probe = probe ?? new Probe();
        Options = new WorkerOptions { Name = "w1", Parallelism = 4 };
        options?.Invoke(Options);
        var own = KeyValuePair.Create<string, IActionRunner>(
            "test.probe", action is null ? Probe : new Delegated(action));
        var catalog = new ActionCatalog(CoreActions.All(Options).Append(own));
        Worker = new WorkerLoop(Link, catalog, Options, Time, null, observer);
        Working = Worker.RunAsync(_stop.Token);
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2030, 1, 1, 12, 0, 0, TimeSpan.Zero));

    public FakeLink Link { get; }

    public Probe Probe { get; }

    public WorkerOptions Options { get; }

    public WorkerLoop Worker { get; }

    public Task Working { get; }

    public static TaskRequest Request(string action = "test.probe", Value.Map? input = null, int item = 0)
    {
        var run = new RunId("run-1");
        var slot = new Slot("build", 1, item, 1);
        return new TaskRequest(
            DispatchId.Of(run, slot), run, slot, "release", action, input ?? Value.Map.Empty, "default",
            TimeSpan.FromSeconds(300));
    }

    /// <summary>Tells the worker to stop, without waiting for it.</summary>
    public Task StopAsync() => _stop.CancelAsync();

    /// <summary>
    /// Lets time pass in small steps until something holds; for where the exact moment is not the point.
    /// </summary>
    public Task PassUntilAsync(Func<bool> condition, string what) => Wait.UntilAsync(
        () =>
        {
            if (condition())
            {
                return true;
            }

            Time.Advance(TimeSpan.FromMilliseconds(200));
            return false;
        },
        what);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        Probe.End(ActionResult.Success(Value.Null));
        await PassUntilAsync(() => Working.IsCompleted, "the worker has stopped");
        await Working;
        _stop.Dispose();
    }

    private sealed class Delegated(Func<ActionContext, CancellationToken, Task<ActionResult>> action) : IActionRunner
    {
        public Task<ActionResult> RunAsync(ActionContext context, CancellationToken stop) => action(context, stop);
    }
}
