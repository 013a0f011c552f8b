namespace Executor.Core.Workflows.Checks;

/// <summary>Which tasks stand on every way to a task.</summary>
/// <remarks>
/// Lengauer and Tarjan's algorithm over the numbers of a depth-first walk, with 0 as the start of the run before all
/// entries; asking again for each join whether its sources are reached without it would be quadratic.
/// </remarks>
internal sealed class Dominators
{
    private readonly WorkflowGraph _graph;
    private readonly int[] _number;
    private readonly List<TaskSpec?> _tasks = [null];
    private readonly List<int> _parent = [0];
    private readonly int[] _semi;
    private readonly int[] _ancestor;
    private readonly int[] _best;
    private readonly int[] _dominator;
    private readonly int[] _first;
    private readonly int[] _size;

    public Dominators(WorkflowGraph graph)
    {
        _graph = graph;
        _number = new int[graph.Tasks.Length];
        Walk();
        var count = _tasks.Count;
        _semi = [.. Enumerable.Range(0, count)];
        _best = [.. Enumerable.Range(0, count)];
        _ancestor = [.. Enumerable.Repeat(-1, count)];
        _dominator = new int[count];
        FindDominators();
        _size = [.. Enumerable.Repeat(1, count)];
        _first = new int[count];
        NumberTree();
    }

    public bool IsReached(TaskSpec task) => _number[task.Order] > 0;

    /// <summary>Whether every way from the start to the second task leads through the first; a task is on its own ways.</summary>
    public bool StandsBefore(TaskSpec first, TaskSpec second)
    {
        var (above, below) = (_number[first.Order], _number[second.Order]);
        return above > 0 && below > 0
            && _first[below] >= _first[above]
            && _first[below] < _first[above] + _size[above];
    }

    private void Walk()
    {
        var open = new Stack<(TaskSpec Task, int Parent)>(_graph.Entries.Reverse().Select(entry => (entry, 0)));
        while (open.TryPop(out var step))
        {
            if (_number[step.Task.Order] > 0)
            {
                continue;
            }

            var number = _tasks.Count;
            _number[step.Task.Order] = number;
            _tasks.Add(step.Task);
            _parent.Add(step.Parent);
            foreach (var target in _graph.Outbound(step.Task))
            {
                if (_number[target.Order] == 0)
                {
                    open.Push((target, number));
                }
            }
        }
    }

    private void FindDominators()
    {
        var buckets = new List<int>?[_tasks.Count];
        for (var node = _tasks.Count - 1; node > 0; node--)
        {
            foreach (var source in Sources(node))
            {
                _semi[node] = Math.Min(_semi[node], _semi[Evaluate(source)]);
            }

            (buckets[_semi[node]] ??= []).Add(node);
            var parent = _parent[node];
            _ancestor[node] = parent;
            foreach (var waiting in buckets[parent] ?? [])
            {
                var best = Evaluate(waiting);
                _dominator[waiting] = _semi[best] < _semi[waiting] ? best : parent;
            }

            buckets[parent] = null;
        }

        for (var node = 1; node < _tasks.Count; node++)
        {
            if (_dominator[node] != _semi[node])
            {
                _dominator[node] = _dominator[_dominator[node]];
            }
        }
    }

    private IEnumerable<int> Sources(int node)
    {
        var sources = _graph.Inbound(_tasks[node]!);
        return sources.IsEmpty ? [0] : sources.Select(source => _number[source.Order]).Where(number => number > 0);
    }

    /// <summary>The node with the lowest semidominator on the linked way up; ways are shortened as they are walked.</summary>
    private int Evaluate(int node)
    {
        var way = new Stack<int>();
        var top = node;
        while (_ancestor[top] >= 0 && _ancestor[_ancestor[top]] >= 0)
        {
            way.Push(top);
            top = _ancestor[top];
        }

        while (way.TryPop(out var step))
        {
            var above = _ancestor[step];
            if (_semi[_best[above]] < _semi[_best[step]])
            {
                _best[step] = _best[above];
            }

            _ancestor[step] = _ancestor[above];
        }

        return _best[node];
    }

    /// <summary>A dominator has a lower number than what it dominates, so two passes give every subtree a range.</summary>
    private void NumberTree()
    {
        for (var node = _tasks.Count - 1; node > 0; node--)
        {
            _size[_dominator[node]] += _size[node];
        }

        var free = new int[_tasks.Count];
        free[0] = 1;
        for (var node = 1; node < _tasks.Count; node++)
        {
            _first[node] = free[_dominator[node]];
            free[_dominator[node]] += _size[node];
            free[node] = _first[node] + 1;
        }
    }
}
