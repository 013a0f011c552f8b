using System.Text;

namespace Executor.Core.Tests.Simulation.Programs;

/// <summary>A task while its workflow is being made up.</summary>
internal sealed class TaskDraft(string name)
{
    public string Name { get; } = name;

    /// <summary>Keys of the task in YAML, without <c>name</c> and <c>next</c>.</summary>
    public List<string> Keys { get; } = [];

    public List<EdgeDraft> Edges { get; } = [];

    public string Letters { get; set; } = "1";

    public EdgeDraft Edge(string? when = null, string? publish = null)
    {
        var edge = new EdgeDraft(when, publish);
        Edges.Add(edge);
        return edge;
    }

    public void Write(StringBuilder yaml)
    {
        yaml.Append("  - name: ").Append(Name).Append('\n');
        foreach (var key in Keys)
        {
            yaml.Append("    ").Append(key).Append('\n');
        }

        var written = Edges.Where(edge => edge.Targets.Count > 0 || edge.Publish is not null).ToList();
        if (written.Count == 0)
        {
            return;
        }

        yaml.Append("    next:\n");
        foreach (var edge in written)
        {
            edge.Write(yaml);
        }
    }
}

internal sealed class EdgeDraft(string? when, string? publish)
{
    public string? When { get; } = when;

    /// <summary>A YAML list of one-key maps in flow style.</summary>
    public string? Publish { get; } = publish;

    public List<string> Targets { get; } = [];

    public void Write(StringBuilder yaml)
    {
        var mark = "      - ";
        Line("when", When is null ? null : $"\"{{{{ {When} }}}}\"");
        Line("publish", Publish);
        Line("do", Targets.Count == 0 ? null : $"[{string.Join(", ", Targets)}]");

        void Line(string key, string? value)
        {
            if (value is not null)
            {
                yaml.Append(mark).Append(key).Append(": ").Append(value).Append('\n');
                mark = "        ";
            }
        }
    }
}
