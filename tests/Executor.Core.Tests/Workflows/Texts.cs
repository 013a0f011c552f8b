using Executor.Core.Workflows;
using Executor.Core.Workflows.Yaml;

namespace Executor.Core.Tests.Workflows;

/// <summary>Workflows as texts, and what is wrong with them as lines.</summary>
internal static class Texts
{
    /// <summary>A task that is right in itself, to make a text complete.</summary>
    public const string OneTask = "tasks: [{name: a, action: core.noop}]\n";

    public static WorkflowSpec Spec(string source)
    {
        var reading = WorkflowYaml.Read(source, "test");
        Assert.Empty(reading.Problems);
        return reading.Spec!;
    }

    /// <summary>The first task of a text that begins with the keys of a task.</summary>
    public static TaskSpec Task(string keys) => Spec(TaskText(keys)).Tasks[0];

    public static string TaskText(string keys) =>
        "tasks:\n  - name: a\n    action: core.noop\n" + Indented(keys) + "  - {name: b, action: core.noop}\n";

    /// <summary><c>code line:column</c> of each problem of reading.</summary>
    public static string[] Problems(string source) => Lines(WorkflowYaml.Read(source, "test"));

    /// <summary>Of reading and checks together.</summary>
    public static string[] Checked(string source, KnownActions? actions = null) =>
        Lines(WorkflowCheck.Run(source, "test", actions));

    public static string[] Lines(WorkflowReading reading) =>
        [.. reading.Problems.Select(problem => $"{problem.Code} {problem.At}")];

    public static YamlNode Yaml(string text)
    {
        var reading = YamlText.Read(text);
        Assert.Empty(reading.Problems);
        return reading.Root!;
    }

    public static string[] YamlProblems(string text) =>
        [.. YamlText.Read(text).Problems.Select(problem => $"{problem.Code} {problem.At}")];

    private static string Indented(string keys) =>
        string.Concat(keys.TrimEnd('\n').Split('\n').Select(line => $"    {line}\n"));
}
