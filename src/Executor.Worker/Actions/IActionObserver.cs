using Executor.Core.Messages;

namespace Executor.Worker.Actions;

/// <summary>Sees what actions say while they run. Called from any thread; must be quick and must not throw.</summary>
public interface IActionObserver
{
    /// <param name="line">One line without its end; of a burst only the last.</param>
    void Said(TaskRequest request, string line);
}
