using Executor.Core.Runs;
using Executor.Core.Values;

namespace Executor.Core.Tests.Simulation.Families;

/// <summary>A command on its way to a run; null only wakes it.</summary>
internal sealed class Letter(RunCommand? command)
{
    public RunCommand? Command { get; private set; } = command;

    /// <summary>Stored, refused, or nothing to store.</summary>
    public bool IsAnswered { get; set; }

    /// <summary>Nobody will answer it any more.</summary>
    public bool IsLost { get; set; }

    /// <summary>Its result is stored, and only referred to from now on.</summary>
    public void Refer(StoredResult stored)
    {
        var finish = (RunCommand.FinishItem)Command!;
        Command = finish with { Outcome = finish.Outcome with { Result = new Value.Stored(stored) } };
    }
}
