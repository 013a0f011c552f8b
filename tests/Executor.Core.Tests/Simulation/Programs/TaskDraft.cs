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

    /// <summary>Written with the keys from before there was <c>next</c>, where they can say it.</summary>
    public bool IsOldFashioned { get; init; }

    /// <summary>Of a parallel task: what it runs side by side.</summary>
    public List<TaskDraft> Inside { get; } = [];

    /// <summary>Of its edges only the first that matches is taken.</summary>
    public bool Decides { get; set; }

    /// <param name="begin">Of one of its keys, as it is written.</param>
    public bool Has(string begin) => Keys.Exists(key => key.StartsWith(begin, StringComparison.Ordinal));

    /// <param name="begin">Of the keys that are written otherwise.</param>
    public void Replace(string begin, Func<string, string> otherwise)
    {
        for (var place = 0; place < Keys.Count; place++)
        {
            Keys[place] = Keys[place].StartsWith(begin, StringComparison.Ordinal) ? otherwise(Keys[place]) : Keys[place];
        }
    }

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

        if (Inside.Count > 0)
        {
            var inside = new StringBuilder();
            Inside.ForEach(task => task.Write(inside));
            yaml.Append("    type: parallel\n    tasks:\n    ");
            yaml.Append(inside.Remove(inside.Length - 1, 1).Replace("\n", "\n    ")).Append('\n');
        }

        var written = Edges.Where(edge => edge.Targets.Count > 0 || edge.Publish is not null).ToList();
        if (written.Count == 0)
        {
            return;
        }

        if (Decides)
        {
            yaml.Append("    decision:\n");
            written.ForEach(edge => edge.WriteChoice(yaml));
        }
        else if (IsOldFashioned && written.TrueForAll(edge => edge.IsOldFashioned)
            && written.DistinctBy(edge => edge.When).Count() == written.Count)
        {
            written.ForEach(edge => edge.WriteOld(yaml));
        }
        else
        {
            yaml.Append("    next:\n");
            written.ForEach(edge => edge.Write(yaml));
        }
    }
}

internal sealed class EdgeDraft(string? when, string? publish)
{
    public string? When { get; set; } = when;

    /// <summary>A YAML list of one-key maps in flow style, or what means the same.</summary>
    public string? Publish { get; set; } = publish;

    public List<string> Targets { get; } = [];

    public bool IsOldFashioned => OldKey is not null && (Publish is null || When == "succeeded()");

    private string? OldKey => When switch
    {
        null => "on_complete",
        "succeeded()" => "on_success",
        "failed()" => "on_failure",
        "timed_out()" => "on_timeout",
        _ => null,
    };

    public void WriteOld(StringBuilder yaml)
    {
        if (Publish is not null)
        {
            yaml.Append("    publish: ").Append(Publish).Append('\n');
        }

        if (Targets.Count > 0)
        {
            yaml.Append("    ").Append(OldKey).Append(": [").AppendJoin(", ", Targets).Append("]\n");
        }
    }

    public void WriteChoice(StringBuilder yaml) => yaml
        .Append("      - ").Append(When is null ? "default: true" : $"when: \"{{{{ {When} }}}}\"")
        .Append("\n        next: [").AppendJoin(", ", Targets).Append("]\n");

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
