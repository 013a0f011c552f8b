using System.Collections.Immutable;

namespace Executor.Core.Workflows.Checks;

/// <summary>Which tasks can be reached, without recursion: a chain may be as long as a file.</summary>
internal static class Reach
{
    /// <returns>By <see cref="TaskSpec.Order"/>; the starts are reached too.</returns>
    public static bool[] From(
        IEnumerable<TaskSpec> starts, int count, Func<TaskSpec, ImmutableArray<TaskSpec>> neighbours)
    {
        var reached = new bool[count];
        var open = new Stack<TaskSpec>();
        foreach (var start in starts)
        {
            Enter(start);
        }

        while (open.TryPop(out var task))
        {
            foreach (var neighbour in neighbours(task))
            {
                Enter(neighbour);
            }
        }

        return reached;

        void Enter(TaskSpec task)
        {
            if (!reached[task.Order])
            {
                reached[task.Order] = true;
                open.Push(task);
            }
        }
    }
}
