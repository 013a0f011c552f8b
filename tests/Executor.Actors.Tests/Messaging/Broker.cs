using Executor.Core;

namespace Executor.Actors.Tests.Messaging;

/// <summary>The four ports of one messaging, joined, and how to leave it.</summary>
public sealed record Broker(
    ITaskQueue Tasks, IResultQueue Results, IClaimQueue Claims, IWorkerLink Worker, Func<Task> Close) : IAsyncDisposable
{
    public async ValueTask DisposeAsync() => await Close();
}
