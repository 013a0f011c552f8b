using System.Collections.Immutable;
using System.Text;

namespace Executor.Core.Workflows.Drawing;

/// <summary>A workflow as a graph in the language of Graphviz.</summary>
public static class Dot
{
    /// <returns>The text of the graph, each line ended by \n.</returns>
    public static string Write(WorkflowSpec workflow)
    {
        var drawing = WorkflowDrawing.Of(workflow);
        var text = new StringBuilder("digraph workflow {\n")
            .Append("    label=").Append(Quoted([drawing.Title])).Append("; labelloc=t; rankdir=TB;\n")
            .Append("    node [shape=box, style=rounded, fontname=\"sans-serif\"]; edge [fontname=\"sans-serif\"];\n");
        foreach (var node in drawing.Nodes)
        {
            text.Append("    ").Append(node.Id).Append(" [label=").Append(Quoted(node.Lines)).Append(Look(node.Kind))
                .Append("];\n");
        }

        foreach (var way in drawing.Ways)
        {
            var label = way.Lines.IsEmpty ? "" : $" [label={Quoted(way.Lines)}]";
            text.Append("    ").Append(way.From).Append(" -> ").Append(way.To).Append(label).Append(";\n");
        }

        return text.Append("}\n").ToString();
    }

    private static string Look(NodeKind kind) => kind switch
    {
        NodeKind.Items => ", peripheries=2",
        NodeKind.Join => ", shape=hexagon, style=solid",
        NodeKind.Command => ", shape=oval, style=dashed",
        _ => "",
    };

    private static string Quoted(ImmutableArray<string> lines) => $"\"{string.Join("\\n", lines.Select(Escape))}\"";

    private static string Escape(string line) => string.Concat(line.Select(letter => letter switch
    {
        '\\' => "\\\\",
        '"' => "\\\"",
        _ when char.IsControl(letter) => " ",
        _ => letter.ToString(),
    }));
}
