namespace Executor.Core.Tests.Simulation.Engine;

/// <summary>The choices of one run: thrown and written down, or read from an array.</summary>
/// <remarks>When it is exhausted the faults stop and the run must come to its end by itself.</remarks>
internal sealed class Schedule
{
    private const int Sides = 1 << 16;
    private readonly Dice? _dice;
    private readonly int[] _choices;
    private readonly int _length;
    private int _taken;
    private List<Width>? _widths;

    private Schedule(Dice? dice, int[] choices, int length)
    {
        _dice = dice;
        _choices = choices;
        _length = length;
    }

    public bool IsExplored => _widths is not null;

    /// <summary>For each step how many others could have been taken.</summary>
    public IReadOnlyList<Width> Widths => _widths ?? [];

    public bool IsExhausted => _taken >= _length;

    /// <summary>What was chosen so far: the array that repeats this run.</summary>
    public int[] Taken => _choices[.._taken];

    public static Schedule Thrown(ulong seed, int length) => new(new Dice(seed), new int[length], length);

    public static Schedule Of(int[] choices) => new(null, choices, choices.Length);

    /// <summary>Like <see cref="Of"/>, and remembers what else could have been chosen.</summary>
    public static Schedule Explored(int[] choices) => new(null, choices, choices.Length) { _widths = [] };

    public void Seen(Width width) => _widths?.Add(width);

    public int Next()
    {
        if (IsExhausted)
        {
            return 0;
        }

        if (_dice is not null)
        {
            _choices[_taken] = _dice.Below(Sides);
        }

        return _choices[_taken++];
    }
}

/// <param name="Moves">Steps by themselves, by <see cref="Part.Offer"/>.</param>
/// <param name="Faults">0 when the budget is used up.</param>
internal readonly record struct Width(int Moves, int Faults, int Rare);
