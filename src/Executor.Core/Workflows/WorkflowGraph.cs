using System.Collections.Immutable;
using Executor.Core.Workflows.Reading;

namespace Executor.Core.Workflows;

/// <summary>
/// The tasks of a workflow and who leads to whom; a parallel task leads to those inside. Engine commands and unknown
/// targets are no edges.
/// </summary>
public sealed class WorkflowGraph
{
    private readonly Dictionary<string, int> _places;
    private readonly ImmutableArray<ImmutableArray<TaskSpec>> _inbound;
    private readonly ImmutableArray<ImmutableArray<TaskSpec>> _outbound;

    /// <param name="tasks">Each with the <see cref="TaskSpec.Order"/> of its place; of two with one name the first counts.</param>
    public WorkflowGraph(ImmutableArray<TaskSpec> tasks)
    {
        Tasks = tasks;
        _places = new Dictionary<string, int>(tasks.Length, StringComparer.Ordinal);
        foreach (var task in tasks)
        {
            _places.TryAdd(task.Name, task.Order);
        }

        _outbound = [.. tasks.Select(task => Targets(task).ToImmutableArray())];
        _inbound = Reverse(tasks, _outbound);
        Entries = [.. tasks.Where(task => Inbound(task).IsEmpty)];
    }

    /// <summary>By <see cref="TaskSpec.Order"/>.</summary>
    public ImmutableArray<TaskSpec> Tasks { get; }

    /// <summary>Tasks to which nothing leads; a run begins with all of them, in written order.</summary>
    public ImmutableArray<TaskSpec> Entries { get; }

    /// <summary>Null when there is no such task.</summary>
    public TaskSpec? Find(string name) => _places.TryGetValue(name, out var place) ? Tasks[place] : null;

    /// <summary>The tasks that lead to this one, each once, in written order.</summary>
    public ImmutableArray<TaskSpec> Inbound(TaskSpec task) => _inbound[task.Order];

    /// <summary>Empty when there is no such task.</summary>
    public ImmutableArray<TaskSpec> Inbound(string name) => Find(name) is { } task ? Inbound(task) : [];

    /// <summary>The tasks to which this one leads, each once, in written order.</summary>
    public ImmutableArray<TaskSpec> Outbound(TaskSpec task) => _outbound[task.Order];

    /// <summary>How many different tasks must have arrived before a visit opens; 1 without a join.</summary>
    public int Needed(TaskSpec task) => task.Join is null ? 1 : task.Join.Count ?? Inbound(task).Length;

    /// <summary>The task that this name leads to from the other.</summary>
    /// <returns>Null when there is none, and when one of the two stands inside a parallel task: only that begins it.</returns>
    public TaskSpec? Target(TaskSpec from, string name) =>
        from.Parent is null && Find(name) is { Parent: null } target ? target : null;

    private IEnumerable<TaskSpec> Targets(TaskSpec task) =>
        task.Next.SelectMany(transition => transition.Do)
            .Where(name => !TaskNames.Commands.Contains(name))
            .Select(name => Target(task, name))
            .Concat(task.Inside.Select(Find))
            .OfType<TaskSpec>()
            .DistinctBy(target => target.Order);

    private static ImmutableArray<ImmutableArray<TaskSpec>> Reverse(
        ImmutableArray<TaskSpec> tasks, ImmutableArray<ImmutableArray<TaskSpec>> edges)
    {
        var reversed = tasks.Select(_ => ImmutableArray.CreateBuilder<TaskSpec>()).ToArray();
        foreach (var task in tasks)
        {
            foreach (var target in edges[task.Order])
            {
                reversed[target.Order].Add(task);
            }
        }

        return [.. reversed.Select(sources => sources.ToImmutable())];
    }
}
