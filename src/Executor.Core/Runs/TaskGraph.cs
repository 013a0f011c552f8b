using System.Collections.Frozen;
using System.Collections.Immutable;
using Executor.Core.Workflows;

namespace Executor.Core.Runs;

/// <summary>The tasks of a workflow by name, and who can reach whom.</summary>
public sealed class TaskGraph
{
    private readonly FrozenDictionary<string, TaskSpec> _tasks;
    private readonly ImmutableArray<ImmutableArray<TaskSpec>> _inbound;

    public TaskGraph(WorkflowSpec workflow)
    {
        Tasks = workflow.Tasks;
        _tasks = workflow.Tasks.ToFrozenDictionary(task => task.Name, StringComparer.Ordinal);
        var inbound = workflow.Tasks.Select(_ => ImmutableArray.CreateBuilder<TaskSpec>()).ToArray();
        foreach (var task in workflow.Tasks)
        {
            foreach (var target in task.Next.SelectMany(transition => transition.Do).Distinct(StringComparer.Ordinal))
            {
                if (_tasks.TryGetValue(target, out var reached))
                {
                    inbound[reached.Order].Add(task);
                }
            }
        }

        _inbound = [.. inbound.Select(sources => sources.ToImmutable())];
        Entries = [.. workflow.Tasks.Where(task => _inbound[task.Order].IsEmpty)];
    }

    /// <summary>By <see cref="TaskSpec.Order"/>.</summary>
    public ImmutableArray<TaskSpec> Tasks { get; }

    /// <summary>Tasks that nothing leads to, in written order.</summary>
    public ImmutableArray<TaskSpec> Entries { get; }

    /// <summary>Null when there is no such task.</summary>
    public TaskSpec? this[string name] => _tasks.GetValueOrDefault(name);

    /// <summary>Distinct tasks with a transition to this one, in written order.</summary>
    public ImmutableArray<TaskSpec> Inbound(TaskSpec task) => _inbound[task.Order];

    /// <summary>How many distinct tasks must have arrived before a visit opens; 1 without a join.</summary>
    public int Needed(TaskSpec task) => task.Join is null ? 1 : task.Join.Count ?? _inbound[task.Order].Length;
}
