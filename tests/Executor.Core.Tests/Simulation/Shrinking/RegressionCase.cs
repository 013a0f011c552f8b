using System.Text;
using System.Text.Json;
using Executor.Core.Tests.Simulation.Engine;
using Executor.Core.Tests.Simulation.Programs;

namespace Executor.Core.Tests.Simulation.Shrinking;

/// <summary>A find as it is kept in <c>Regressions</c>: once broken, never again.</summary>
internal sealed record RegressionCase(
    string Name, string Invariant, string Yaml, Dictionary<string, string> Letters, Profile Profile, int[] Choices,
    bool IsOrderFree = false, int MostVisits = Scenario.UsualVisits, Past? Past = null)
{
    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true, IgnoreReadOnlyProperties = true };
    private static readonly JsonSerializerOptions Compact = new() { IgnoreReadOnlyProperties = true };

    public static RegressionCase Of(Found found, string name) => new(
        name, found.Violation.Invariant, found.Scenario.Yaml, new(found.Scenario.Script.Letters), found.Profile, found.Choices,
        found.Scenario.IsOrderFree, found.Scenario.MostVisits, found.Scenario.Rerun?.Past);

    public static RegressionCase Parse(string json) => JsonSerializer.Deserialize<RegressionCase>(json, Format)!;

    public string ToJson() => JsonSerializer.Serialize(this, Format);

    public Found? Play(Build build)
    {
        var scenario = Scenario.Read(Yaml, Letters, IsOrderFree, MostVisits);
        return Found.Play(Past is null ? scenario : scenario.Again(Past)!, Profile, build, Choices);
    }

    /// <summary>The same as a test that stands alone.</summary>
    public string ToTest()
    {
        var text = new StringBuilder();
        text.Append("[Fact]\npublic void ").Append(Name).Append("_holds_").Append(Invariant).Append("()\n{\n");
        text.Append("    const string yaml = \"\"\"\n");
        foreach (var line in Yaml.TrimEnd('\n').Split('\n'))
        {
            text.Append("        ").Append(line).Append('\n');
        }

        text.Append("        \"\"\";\n    var letters = new Dictionary<string, string>\n    {\n");
        foreach (var (task, letters) in Letters)
        {
            text.Append("        [\"").Append(task).Append("\"] = \"").Append(letters).Append("\",\n");
        }

        text.Append("    };\n    var profile = JsonSerializer.Deserialize<Profile>(\"\"\"")
            .Append(JsonSerializer.Serialize(Profile, Compact)).Append("\"\"\")!;\n");
        text.Append("    Assert.Null(Found.Play(Scenario.Read(yaml, letters, ").Append(IsOrderFree ? "true" : "false").Append(", ").Append(MostVisits).Append(')').Append(AgainText()).Append(", profile, Build.Full, [");
        text.AppendJoin(", ", Choices).Append("]));\n}\n");
        return text.ToString();
    }

    private string AgainText()
    {
        var from = string.Join(", ", Past?.From.Select(task => $"\"{task}\"") ?? []);
        return Past is null ? "" : $".Again(new Past([{from}], {(Past.FailedItems ? "true" : "false")}, {Past.CancelAfter}))!";
    }
}
