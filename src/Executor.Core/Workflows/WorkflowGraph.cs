using System.Collections.Immutable;
using Executor.Core.Workflows.Reading;

namespace Executor.Core.Workflows;

/// <summary>Who leads to whom. Engine commands and targets that do not exist are no edges.</summary>
public sealed class WorkflowGraph
{
    private readonly Dictionary<string, int> _places;
    private readonly ImmutableArray<ImmutableArray<int>> _outbound;
    private readonly ImmutableArray<ImmutableArray<int>> _inbound;

    internal WorkflowGraph(ImmutableArray<TaskSpec> tasks)
    {
        Tasks = tasks;
        _places = new Dictionary<string, int>(tasks.Length, StringComparer.Ordinal);
        for (var place = 0; place < tasks.Length; place++)
        {
            _places.TryAdd(tasks[place].Name, place);
        }

        _outbound = [.. tasks.Select(task => Targets(task).ToImmutableArray())];
        _inbound = Reverse(_outbound);
        Entries = [.. tasks.Where((_, place) => _inbound[place].IsEmpty)];
    }

    public ImmutableArray<TaskSpec> Tasks { get; }

    /// <summary>Tasks to which nothing leads; a run begins with all of them, in written order.</summary>
    public ImmutableArray<TaskSpec> Entries { get; }

    public TaskSpec? Find(string name) => _places.TryGetValue(name, out var place) ? Tasks[place] : null;

    /// <summary>The tasks that lead to this one, each once, in written order.</summary>
    public IEnumerable<TaskSpec> Inbound(string name) => Neighbours(name, _inbound);

    /// <summary>The tasks to which this one leads, each once, in written order.</summary>
    public IEnumerable<TaskSpec> Outbound(string name) => Neighbours(name, _outbound);

    /// <summary>How many different tasks must arrive before the join opens; 1 where there is no join.</summary>
    public int Needed(TaskSpec task) =>
        task.Join is null ? 1 : task.Join.Count ?? (_places.TryGetValue(task.Name, out var place) ? _inbound[place].Length : 0);

    internal ImmutableArray<int> OutboundOf(int place) => _outbound[place];

    internal ImmutableArray<int> InboundOf(int place) => _inbound[place];

    internal int PlaceOf(string name) => _places.GetValueOrDefault(name, -1);

    private IEnumerable<int> Targets(TaskSpec task) =>
        task.Next.SelectMany(transition => transition.Do)
            .Where(name => !TaskNames.Commands.Contains(name))
            .Select(PlaceOf)
            .Where(place => place >= 0)
            .Distinct();

    private IEnumerable<TaskSpec> Neighbours(string name, ImmutableArray<ImmutableArray<int>> edges) =>
        _places.TryGetValue(name, out var place) ? edges[place].Select(other => Tasks[other]) : [];

    private static ImmutableArray<ImmutableArray<int>> Reverse(ImmutableArray<ImmutableArray<int>> edges)
    {
        var reversed = new List<int>[edges.Length];
        for (var from = 0; from < edges.Length; from++)
        {
            foreach (var to in edges[from])
            {
                (reversed[to] ??= []).Add(from);
            }
        }

        return [.. reversed.Select(sources => sources is null ? [] : sources.ToImmutableArray())];
    }
}
