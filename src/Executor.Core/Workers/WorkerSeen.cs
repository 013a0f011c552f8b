using Executor.Core.Messages;

namespace Executor.Core.Workers;

/// <param name="Said">The last that was heard of it.</param>
/// <param name="LastSeen">When that was, by the clock of whoever heard it.</param>
public sealed record WorkerSeen(WorkerBeat Said, DateTimeOffset LastSeen, WorkerState State);
