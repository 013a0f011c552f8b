using Executor.Core.Runs;

namespace Executor.Core.Tests.Simulation.Families;

/// <summary>A command on its way to a run; null only wakes it.</summary>
internal sealed class Letter(RunCommand? command)
{
    public RunCommand? Command { get; } = command;

    /// <summary>Stored, refused, or nothing to store.</summary>
    public bool IsAnswered { get; set; }

    /// <summary>Nobody will answer it any more.</summary>
    public bool IsLost { get; set; }
}
