using System.Collections.Immutable;

namespace Executor.Core.Expressions;

/// <summary>Where the characters of a text stand in its file.</summary>
/// <remarks>
/// A text can lose characters on its way out of a file: indentation, quotes, escapes, and line breaks that were folded.
/// So it knows where it goes on anew; between two such places it stands in the file as it is.
/// </remarks>
public sealed class TextPlaces
{
    private readonly ImmutableArray<(int Index, Position At)> _starts;

    /// <summary>Characters of the text that lie before what is asked for.</summary>
    private readonly int _before;

    /// <param name="starts">At least one, in order of the index; the first has index 0.</param>
    public TextPlaces(ImmutableArray<(int Index, Position At)> starts)
        : this(starts, 0)
    {
    }

    private TextPlaces(ImmutableArray<(int Index, Position At)> starts, int before)
    {
        _starts = starts;
        _before = before;
    }

    public Position First => this[0];

    public Position this[int index]
    {
        get
        {
            var sought = _before + index;
            var (low, high) = (0, _starts.Length - 1);
            while (low < high)
            {
                var middle = (low + high + 1) / 2;
                (low, high) = _starts[middle].Index <= sought ? (middle, high) : (low, middle - 1);
            }

            var (start, at) = _starts[low];
            return at with { Column = at.Column + sought - start };
        }
    }

    /// <summary>A text that stands in its file as it is, every line of it from the first column.</summary>
    public static TextPlaces Of(string text, Position at)
    {
        var starts = ImmutableArray.CreateBuilder<(int Index, Position At)>();
        starts.Add((0, at));
        for (var end = text.IndexOf('\n', StringComparison.Ordinal); end >= 0; end = text.IndexOf('\n', end + 1))
        {
            starts.Add((end + 1, new Position(at.Line + starts.Count, 1)));
        }

        return new TextPlaces(starts.ToImmutable());
    }

    /// <summary>Of the rest of the text.</summary>
    public TextPlaces From(int index) => new(_starts, _before + index);
}
