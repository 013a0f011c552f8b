namespace Executor.Core.Tests.Simulation.Engine;

/// <summary>What happened, one line a step, for people.</summary>
internal sealed class Trace
{
    private const int MostLines = 80;
    private const int Head = 24;
    private readonly List<string> _lines = [];
    private int _step;

    public void Step(Move move) =>
        _lines.Add($"{++_step,4} {move.Part.Name,-9} {move.Part.Describe(move.Code, move.Arg)}");

    public void Note(string text) => _lines.Add("     " + text);

    /// <summary>At most 80 lines: the begin and, longer, the end.</summary>
    public override string ToString()
    {
        if (_lines.Count <= MostLines)
        {
            return string.Join('\n', _lines);
        }

        var tail = MostLines - Head - 1;
        return string.Join('\n', [.. _lines[..Head], $"     ... {_lines.Count - Head - tail} lines", .. _lines[^tail..]]);
    }
}
