using System.Collections.Concurrent;
using Executor.Core.Values;
using Executor.Messaging;
using Executor.Worker;
using Executor.Worker.Actions;

namespace Executor.Integration.Tests.Languages;

/// <summary>A worker with the same actions in C#.</summary>
internal sealed class CSharpWorker : IAsyncDisposable
{
    private readonly WorkerMessaging _messaging;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _working;

    private CSharpWorker(WorkerMessaging messaging, string pool)
    {
        _messaging = messaging;
        var options = new WorkerOptions { Name = $"{pool}.csharp", Pools = [pool], Parallelism = 4 };
        var actions = new ActionCatalog(
        [
            Does("py.upper", input => ("text", Value.Of(input.RequiredText("text").ToUpperInvariant()))),
            Does("py.add", input => ("sum", Value.Of(input.Integer("a")!.Value + input.Integer("b")!.Value))),
            Does("py.sleep", _ => ("stopped", Value.False)),
        ]);
        _working = new WorkerLoop(messaging.Link, actions, options).RunAsync(_stop.Token);
    }

    /// <summary>The ids of the attempts whose action it has begun.</summary>
    public ConcurrentQueue<string> Begun { get; } = new();

    public static async Task<CSharpWorker> StartAsync(AmqpOptions broker, string pool) =>
        new(await RabbitMessaging.ForWorkerAsync(broker, [pool], CancellationToken.None), pool);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _working;
        await _messaging.DisposeAsync();
        _stop.Dispose();
    }

    private KeyValuePair<string, IActionRunner> Does(string name, Func<ActionInput, (string Name, Value Value)> act) =>
        new(name, new Doing(this, act));

    private sealed class Doing(CSharpWorker worker, Func<ActionInput, (string Name, Value Value)> act) : IActionRunner
    {
        public Task<ActionResult> RunAsync(ActionContext context, CancellationToken stop)
        {
            worker.Begun.Enqueue(context.Id.Text);
            var (name, value) = act(context.Input);
            return Task.FromResult(ActionResult.Success(Value.Map.Empty.With(name, value)));
        }
    }
}
