using System.Text;

namespace Executor.Host.Output;

/// <summary>Rows in aligned columns, the same on a terminal and in a file.</summary>
internal sealed class Columns(params string[] titles)
{
    private const int Widest = 60;
    private readonly List<string[]> _rows = [[.. titles.Select(title => title.ToUpperInvariant())]];

    public void Add(params string?[] cells) =>
        _rows.Add([.. cells.Select(cell => SafeText.Short(cell ?? "", Widest))]);

    public override string ToString()
    {
        var widths = titles.Select((_, column) => _rows.Max(row => row[column].Length)).ToArray();
        var text = new StringBuilder();
        foreach (var row in _rows)
        {
            var line = string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column])));
            text.Append(line.TrimEnd()).Append('\n');
        }

        return text.ToString();
    }
}
