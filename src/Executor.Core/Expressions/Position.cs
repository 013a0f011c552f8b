namespace Executor.Core.Expressions;

/// <summary>A place in a text.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1, in UTF-16 units.</param>
public readonly record struct Position(int Line, int Column)
{
    public static readonly Position Start = new(1, 1);

    /// <summary>Where one is after reading <paramref name="text"/> from here.</summary>
    public Position After(ReadOnlySpan<char> text)
    {
        var lines = text.Count('\n');
        return lines == 0
            ? new Position(Line, Column + text.Length)
            : new Position(Line + lines, text.Length - text.LastIndexOf('\n'));
    }

    public override string ToString() => $"{Line}:{Column}";
}
