using Executor.Core.Values;

namespace Executor.Actors.Results;

/// <summary>
/// Contents that the runs of a node have stored or read last: a result is mostly read when it has just come, and a list
/// of inputs again with each item.
/// </summary>
/// <param name="most">Weight of all together; what is heavier by itself is not kept.</param>
internal sealed class RecentContents(long most)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, LinkedListNode<(string Id, Value Content)>> _places =
        new(StringComparer.Ordinal);
    private readonly LinkedList<(string Id, Value Content)> _newestFirst = [];
    private long _weight;

    public Value? Find(string id)
    {
        lock (_gate)
        {
            if (!_places.TryGetValue(id, out var place))
            {
                return null;
            }

            _newestFirst.Remove(place);
            _newestFirst.AddFirst(place);
            return place.Value.Content;
        }
    }

    public void Add(string id, Value content)
    {
        lock (_gate)
        {
            if (content.Weight > most || _places.ContainsKey(id))
            {
                return;
            }

            _places.Add(id, _newestFirst.AddFirst((id, content)));
            _weight += content.Weight;
            while (_weight > most && _newestFirst.Last is { } oldest)
            {
                _newestFirst.RemoveLast();
                _places.Remove(oldest.Value.Id);
                _weight -= oldest.Value.Content.Weight;
            }
        }
    }
}
