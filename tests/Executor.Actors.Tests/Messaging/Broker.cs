using Executor.Core;

namespace Executor.Actors.Tests.Messaging;

/// <summary>The ports of one messaging, joined, and how to leave it.</summary>
/// <param name="ListeningAsync">
/// Completes when that many workers hear cancel requests: a cancel nobody hears yet may be lost.
/// </param>
public sealed record Broker(
    ITaskQueue Tasks, IResultQueue Results, IClaimQueue Claims, IWorkerLink Worker, Func<Task> Close,
    Func<int, Task> ListeningAsync, IWorkerBeats Beats) : IAsyncDisposable
{
    public async ValueTask DisposeAsync() => await Close();
}
