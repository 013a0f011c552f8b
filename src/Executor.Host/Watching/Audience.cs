using Executor.Core.Messages;
using Executor.Worker.Actions;

namespace Executor.Host.Watching;

/// <summary>Passes what actions say on to whoever shows a run just now.</summary>
internal sealed class Audience : IActionObserver
{
    private volatile RunMirror? _mirror;

    public void Follow(RunMirror mirror) => _mirror = mirror;

    public void Said(TaskRequest request, string line) => _mirror?.Said(request, line);
}
