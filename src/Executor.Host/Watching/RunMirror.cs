using Executor.Core.Messages;
using Executor.Core.Runs;

namespace Executor.Host.Watching;

/// <summary>A run as far as this process has heard of it, for those who show it. Written by many threads, read by one.</summary>
internal sealed class RunMirror(RunState run)
{
    private volatile RunState _run = run;
    private volatile string _lastLine = "";
    private volatile string _note = "";

    public RunState Run => _run;

    /// <summary>The last line that an action of this run has said; empty before the first.</summary>
    public string LastLine => _lastLine;

    /// <summary>What the program itself has to say about the run; empty when there is nothing.</summary>
    public string Note => _note;

    public void Tell(string note) => _note = note;

    /// <summary>Called by one thread at a time.</summary>
    public void Follow(RunState run) => _run = run;

    public void Said(TaskRequest request, string line)
    {
        if (request.Run == _run.Id && line.Length > 0)
        {
            _lastLine = line;
        }
    }
}
