using Executor.Core.Runs;

namespace Executor.Core.Rehearsing;

/// <summary>One of the runs of a rehearsal: the first, or one that another has called.</summary>
/// <param name="path">Before the names of its tasks: empty for the first run, <c>call/</c> below its task <c>call</c>.</param>
internal sealed class PlayedRun(RunId id, string path)
{
    public RunState State { get; set; } = RunState.Initial(id);

    public string Path => path;

    public Waits Waits { get; } = new();

    /// <summary>As scripts and reports name it.</summary>
    public Slot Named(Slot slot) => slot with { Task = path + slot.Task };

    /// <summary>As the run names it.</summary>
    public Slot Own(Slot named) => named with { Task = named.Task[path.Length..] };
}
