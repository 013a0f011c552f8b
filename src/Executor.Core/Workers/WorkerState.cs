namespace Executor.Core.Workers;

public enum WorkerState
{
    Alive,

    /// <summary>It has missed <see cref="WorkerRoll.LateAfter"/> of its signs of life.</summary>
    Late,

    /// <summary>It has said good-bye, or missed <see cref="WorkerRoll.GoneAfter"/>.</summary>
    Gone,
}
