using System.Collections.Immutable;

namespace Executor.Core.Workflows.Checks;

/// <summary>Groups of tasks that can reach each other, numbered against the direction of the edges.</summary>
/// <remarks>Tarjan's algorithm with its own stack.</remarks>
internal sealed class Components
{
    private readonly ImmutableArray<ImmutableArray<int>> _edges;
    private readonly int[] _index;
    private readonly int[] _low;
    private readonly int[] _component;
    private readonly Stack<int> _open = new();
    private readonly Stack<(int Node, int Edge)> _path = new();
    private readonly List<int> _sizes = [];
    private int _next = 1;

    public Components(ImmutableArray<ImmutableArray<int>> edges)
    {
        _edges = edges;
        _index = new int[edges.Length];
        _low = new int[edges.Length];
        _component = new int[edges.Length];
        Array.Fill(_component, -1);
        for (var node = 0; node < edges.Length; node++)
        {
            if (_index[node] == 0)
            {
                Visit(node);
            }
        }
    }

    /// <summary>Lower for what comes later: an edge leads to the same number or a lower one.</summary>
    public int Of(int node) => _component[node];

    public bool IsLoop(int node) => _sizes[_component[node]] > 1 || _edges[node].Contains(node);

    private void Visit(int start)
    {
        Enter(start);
        while (_path.TryPop(out var step))
        {
            var (node, edge) = step;
            if (edge < _edges[node].Length)
            {
                _path.Push((node, edge + 1));
                var target = _edges[node][edge];
                if (_index[target] == 0)
                {
                    Enter(target);
                }
                else if (_component[target] < 0)
                {
                    _low[node] = Math.Min(_low[node], _index[target]);
                }

                continue;
            }

            if (_low[node] == _index[node])
            {
                Close(node);
            }

            if (_path.TryPeek(out var parent))
            {
                _low[parent.Node] = Math.Min(_low[parent.Node], _low[node]);
            }
        }
    }

    private void Enter(int node)
    {
        _index[node] = _low[node] = _next++;
        _open.Push(node);
        _path.Push((node, 0));
    }

    private void Close(int root)
    {
        var size = 0;
        int member;
        do
        {
            member = _open.Pop();
            _component[member] = _sizes.Count;
            size++;
        }
        while (member != root);

        _sizes.Add(size);
    }
}
