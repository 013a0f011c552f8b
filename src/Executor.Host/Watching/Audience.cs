using System.Collections.Concurrent;
using Executor.Core.Messages;
using Executor.Core.Runs;
using Executor.Worker.Actions;

namespace Executor.Host.Watching;

/// <summary>
/// The last line that the actions of each run in this process have said: kept from the first, because a person may
/// begin to look at a run when its action has long spoken.
/// </summary>
internal sealed class Audience : IActionObserver
{
    private readonly ConcurrentDictionary<RunId, string> _lines = new();

    /// <returns>Empty before the first.</returns>
    public string LastLine(RunId run) => _lines.GetValueOrDefault(run, "");

    public void Said(TaskRequest request, string line)
    {
        if (line.Length > 0)
        {
            _lines[request.Run] = line;
        }
    }
}
