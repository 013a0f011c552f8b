using Executor.Core.Messages;
using Executor.Core.Runs;
using Executor.Core.Tests.Simulation.Engine;
using Executor.Core.Tests.Simulation.Tables;

namespace Executor.Core.Tests.Simulation.Parts;

/// <summary>The end of an attempt on its way to the run, and back to the guard and the broker.</summary>
/// <param name="delivery">Null when the guard row itself is the news.</param>
internal sealed class Settlement(RunCommand.FinishItem finish, Message<TaskResult>? delivery)
{
    public RunCommand.FinishItem Finish { get; } = finish;

    public Message<TaskResult>? Delivery { get; } = delivery;

    /// <summary>Null until the run has been asked.</summary>
    public Envelope? Question { get; set; }

    public bool IsClosed { get; set; }
}
