using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Executor.Core.Workflows.Drawing;

/// <summary>A workflow as a Mermaid flowchart, which code hosts draw where it stands in Markdown.</summary>
public static class Mermaid
{
    /// <summary>What means something inside of a quoted label, to Mermaid or to the HTML that it becomes.</summary>
    private const string Special = "\"#&<>;%`\\";

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <returns>The text of the chart, each line ended by \n.</returns>
    public static string Write(WorkflowSpec workflow)
    {
        var drawing = WorkflowDrawing.Of(workflow);
        var text = new StringBuilder("---\ntitle: ").Append(Title(drawing.Title)).Append("\n---\nflowchart TD\n");
        foreach (var node in drawing.Nodes)
        {
            var (open, close) = Brackets(node.Kind);
            text.Append("    ").Append(node.Id).Append(open).Append('"').Append(Label(node.Lines)).Append('"')
                .Append(close).Append('\n');
        }

        foreach (var way in drawing.Ways)
        {
            var label = way.Lines.IsEmpty ? "" : $"|\"{Label(way.Lines)}\"|";
            text.Append("    ").Append(way.From).Append(" -->").Append(label).Append(' ').Append(way.To).Append('\n');
        }

        return text.ToString();
    }

    private static (string Open, string Close) Brackets(NodeKind kind) => kind switch
    {
        NodeKind.Items => ("[[", "]]"),
        NodeKind.Join => ("{{", "}}"),
        NodeKind.Command => ("([", "])"),
        _ => ("[", "]"),
    };

    private static string Label(ImmutableArray<string> lines) => string.Join("<br/>", lines.Select(Escape));

    private static string Escape(string line)
    {
        var escaped = new StringBuilder();
        foreach (var letter in line)
        {
            if (Special.Contains(letter) || char.IsControl(letter))
            {
                escaped.Append(CultureInfo.InvariantCulture, $"#{(int)letter};");
            }
            else
            {
                escaped.Append(letter);
            }
        }

        return escaped.ToString();
    }

    /// <summary>The title is YAML.</summary>
    private static string Title(string title) => JsonSerializer.Serialize(title.ReplaceLineEndings(" "), Plain);
}
