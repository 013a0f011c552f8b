using Executor.Core.Runs;

namespace Executor.Core.Explaining;

/// <summary>Attempts of one visit that did not succeed: the first and the last of them, for there may be a million.</summary>
internal sealed class AttemptStories
{
    private const int MostAtEachEnd = 5;
    private readonly List<AttemptStory> _first = [];
    private readonly Queue<AttemptStory> _last = [];

    public IReadOnlyList<AttemptStory> First => _first;

    /// <summary>How many between the first and the last would have been told, too.</summary>
    public int LeftOut { get; private set; }

    /// <summary>Those after the first and what is left out.</summary>
    public IReadOnlyCollection<AttemptStory> Last => _last;

    private AttemptStory? Latest { get; set; }

    /// <param name="attempt">After all others.</param>
    public void Add(AttemptStory attempt)
    {
        Latest = attempt;
        if (_first.Count < MostAtEachEnd)
        {
            _first.Add(attempt);
            return;
        }

        _last.Enqueue(attempt);
        if (_last.Count > MostAtEachEnd && _last.Dequeue().IsTold)
        {
            LeftOut++;
        }
    }

    /// <summary>It is decided with the end of the one before.</summary>
    public void Follow(RunEvent.RetryScheduled next)
    {
        if (Latest is { } latest && latest.IsFollowedBy(next.Slot))
        {
            latest.Next = next;
        }
    }
}
