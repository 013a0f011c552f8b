using Executor.Core.Workers;

namespace Executor.Host.Api.Shapes;

/// <summary>One worker as this node hears of it.</summary>
/// <param name="Capacity">Actions that it runs at the same time, at most.</param>
/// <param name="Running">Of these, in use when it was last seen.</param>
/// <param name="StartedAt">By the worker's clock.</param>
/// <param name="LastSeen">By this node's clock.</param>
/// <param name="State"><c>alive</c>, <c>late</c> or <c>gone</c>.</param>
internal sealed record WorkerBody(
    string Id, string State, IReadOnlyList<string> Pools, IReadOnlyList<string> Actions, int Capacity, int Running,
    string Version, string Host, DateTimeOffset StartedAt, DateTimeOffset LastSeen)
{
    public static WorkerBody Of(WorkerSeen worker)
    {
        var said = worker.Said;
        return new WorkerBody(
            said.Worker, worker.State.ToString().ToLowerInvariant(), said.Pools, said.Actions, said.Capacity, said.Running,
            said.Version, said.Host, said.StartedAt, worker.LastSeen);
    }
}

internal sealed record WorkerList(IReadOnlyList<WorkerBody> Workers);
