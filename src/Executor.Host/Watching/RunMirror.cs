using Executor.Core.Runs;

namespace Executor.Host.Watching;

/// <summary>A run as far as this process has heard of it, for those who show it. Written by many threads, read by one.</summary>
/// <param name="audience">Hears what actions say; null where they run in other processes.</param>
internal sealed class RunMirror(RunState run, Audience? audience = null)
{
    private volatile RunState _run = run;
    private volatile string _note = "";

    public RunState Run => _run;

    /// <summary>The last line that an action of this run has said; empty before the first.</summary>
    public string LastLine => audience?.LastLine(_run.Id) ?? "";

    /// <summary>What the program itself has to say about the run; empty when there is nothing.</summary>
    public string Note => _note;

    public void Tell(string note) => _note = note;

    /// <summary>Called by one thread at a time.</summary>
    public void Follow(RunState run) => _run = run;
}
