using System.Collections.Immutable;

namespace Executor.Core.Workflows.Checks;

/// <summary>Which tasks can run at the same time.</summary>
internal sealed class Branches
{
    /// <summary>Steps along edges for all questions together; beyond it nothing is found any more.</summary>
    private const int Patience = 20_000_000;

    private readonly WorkflowGraph _graph;
    private readonly Components _components;
    private readonly ImmutableArray<ImmutableArray<TaskSpec>> _outbound;
    private readonly ImmutableArray<ImmutableArray<Way>> _ways;
    private int _steps;

    public Branches(WorkflowGraph graph, TransitionOutcomes outcomes)
    {
        _graph = graph;
        _outbound = [.. graph.Tasks.Select(task => Onward(task).DistinctBy(target => target.Order).ToImmutableArray())];
        _components = new Components(
            [.. _outbound.Select(targets => targets.Select(target => target.Order).ToImmutableArray())]);
        _ways = [.. graph.Tasks.Select(task => task.Next
            .Zip(outcomes.Of(task), (next, fires) => new Way(
                [.. next.Do.Select(name => graph.Target(task, name)).OfType<TaskSpec>().Select(target => target.Order)], fires))
            .Concat(SideBySide(task))
            .ToImmutableArray())];
    }

    private sealed record Way(ImmutableArray<int> Targets, ImmutableArray<bool?> Fires);

    /// <returns>Two of the tasks of which neither waits for the other, or null.</returns>
    /// <remarks>
    /// In an order in which edges only lead forward, tasks are a chain if each is reached from the one before; the
    /// search between two neighbours stays between them, so a chain of any length costs one walk over the graph.
    /// </remarks>
    public (int First, int Second)? SideBySide(IEnumerable<int> tasks)
    {
        var ordered = tasks.OrderByDescending(_components.Of).ToList();
        for (var next = 1; next < ordered.Count && _steps < Patience; next++)
        {
            var (first, second) = (ordered[next - 1], ordered[next]);
            if (!Leads(first, second) && ShareFork(first, second))
            {
                return first < second ? (first, second) : (second, first);
            }
        }

        return null;
    }

    /// <summary>What follows a parallel task waits for what is inside it.</summary>
    private IEnumerable<TaskSpec> Onward(TaskSpec task)
    {
        var parent = task.Parent is { } name && _graph.Find(name) is { } found && found.Order < task.Order ? found : null;
        return parent is null
            ? _graph.Outbound(task)
            : _graph.Outbound(task).Concat(Onward(parent).Where(target => target.Parent != parent.Name));
    }

    private IEnumerable<Way> SideBySide(TaskSpec task) => task.IsParallel
        ? [new Way([.. task.Inside.Select(name => _graph.Find(name)!.Order)], [.. TransitionOutcomes.Ends.Select(_ => (bool?)true)])]
        : [];

    private bool Leads(int from, int to)
    {
        var lowest = _components.Of(to);
        var seen = new HashSet<int> { from };
        var open = new Stack<int>(seen);
        while (open.TryPop(out var task))
        {
            foreach (var target in _outbound[task])
            {
                _steps++;
                if (target.Order == to || _components.Of(target.Order) == lowest)
                {
                    return true;
                }

                if (_components.Of(target.Order) > lowest && seen.Add(target.Order))
                {
                    open.Push(target.Order);
                }
            }
        }

        return _components.Of(from) == lowest;
    }

    /// <summary>Whether one end of one task, or the start, can send the run on two ways, one to each.</summary>
    private bool ShareFork(int first, int second)
    {
        var count = _graph.Tasks.Length;
        var toFirst = Reach.From([_graph.Tasks[first]], count, _graph.Inbound);
        var toSecond = Reach.From([_graph.Tasks[second]], count, _graph.Inbound);
        _steps += count;
        var entries = _graph.Entries.Select(entry => entry.Order).ToList();
        return Differ(entries.Where(entry => toFirst[entry]), entries.Where(entry => toSecond[entry]))
            || Enumerable.Range(0, count).Any(task => toFirst[task] && toSecond[task] && Forks(task, toFirst, toSecond));
    }

    private bool Forks(int task, bool[] toFirst, bool[] toSecond)
    {
        var ways = _ways[task];
        if (ways.Any(way => way.Fires.Any(fires => fires != false)
            && Differ(way.Targets.Where(target => toFirst[target]), way.Targets.Where(target => toSecond[target]))))
        {
            return true;
        }

        for (var end = 0; end < TransitionOutcomes.Ends.Length; end++)
        {
            var sure = ways.Where(way => way.Fires[end] == true).SelectMany(way => way.Targets).ToList();
            var possible = ways.Where(way => way.Fires[end] != false).SelectMany(way => way.Targets).ToList();
            if (Differ(sure.Where(target => toFirst[target]), possible.Where(target => toSecond[target]))
                || Differ(possible.Where(target => toFirst[target]), sure.Where(target => toSecond[target])))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether one can be taken from each so that the two are not the same.</summary>
    private static bool Differ(IEnumerable<int> left, IEnumerable<int> right)
    {
        var (some, others) = (left.Distinct().Take(2).ToList(), right.Distinct().Take(2).ToList());
        return some.Count > 0 && others.Count > 0 && (some.Count + others.Count > 2 || some[0] != others[0]);
    }
}
