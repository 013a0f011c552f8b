using Executor.Core.Tests.Simulation.Tables;

namespace Executor.Core.Tests.Simulation.Engine;

/// <summary>One step that could be next.</summary>
internal readonly record struct Move(Part Part, int Code, int Arg);

/// <summary>The steps that are enabled, in a fixed order.</summary>
internal sealed class Moves
{
    private Move[] _moves = new Move[32];

    public int Count { get; private set; }

    public Move this[int index] => _moves[index];

    public void Clear() => Count = 0;

    public void Add(Part part, int code, int arg = 0)
    {
        if (Count == _moves.Length)
        {
            Array.Resize(ref _moves, Count * 2);
        }

        _moves[Count++] = new Move(part, code, arg);
    }

    /// <summary>Only where the profile has this kind of fault.</summary>
    public void AddFault(Part part, int code, FaultKind kind, int arg = 0)
    {
        if (part.World.Profile.Has(kind))
        {
            Add(part, code, arg);
        }
    }

    /// <summary>The messages that could come next, by the queue's discipline.</summary>
    public void AddDeliveries<T>(Part part, int code, MessageQueue<T> queue)
    {
        var discipline = part.World.IsCalm ? Discipline.First : part.World.Profile.Discipline;
        if (discipline == Discipline.Any)
        {
            for (var index = 0; index < queue.Count; index++)
            {
                if (queue.IsReady(index))
                {
                    Add(part, code, index);
                }
            }

            return;
        }

        var next = discipline == Discipline.First ? queue.FirstReady() : queue.LastReady();
        if (next >= 0)
        {
            Add(part, code, next);
        }
    }
}
