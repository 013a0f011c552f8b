using System.Security.Cryptography;
using System.Text;
using Executor.Core.Workflows.Checks;
using Executor.Core.Workflows.Reading;
using Executor.Core.Workflows.Yaml;

namespace Executor.Core.Workflows;

/// <summary>The only way from a text to a workflow: files, API, journal and tests all come through here.</summary>
public static class WorkflowYaml
{
    /// <param name="defaultRef">The workflow's name where the text gives none: the file's name without extension.</param>
    /// <returns>Everything that is wrong with the text alone; checks of the whole find more.</returns>
    public static WorkflowReading Read(string source, string defaultRef) => Read(source, defaultRef, kept: false);

    /// <summary>A text that was taken before, from a journal or a catalogue: it means what it meant then.</summary>
    public static WorkflowReading ReadKept(string source, string defaultRef) => Read(source, defaultRef, kept: true);

    /// <returns>As much as could be read, also with errors; null when there are no tasks.</returns>
    internal static WorkflowSpec? Draft(string source, string defaultRef, ProblemList problems, bool kept = false)
    {
        if (YamlReader.Read(source, problems, kept) is not { } root
            || Fields.Of(root, "the workflow", KeyTable.Workflow, problems) is not { } fields)
        {
            return null;
        }

        var values = new ValueReader(problems);
        var tasks = new TaskReader(values).Read(fields.Require("tasks"));
        var spec = new WorkflowSpec(
            ReadRef(fields.Find("ref"), values) ?? defaultRef,
            source,
            Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(source))),
            values.Text(fields.Find("label")),
            values.Text(fields.Find("description")),
            values.Texts(fields.Find("tags")),
            values.Text(fields.Find("version")),
            new SchemaReader(values).Read(fields.FindEvenEmpty("parameters")),
            NamedTemplates.Read(fields.Find("vars"), values) ?? [],
            tasks,
            NamedTemplates.Read(fields.Find("output_map", "output"), values),
            ReadPolicy(fields.Find("cancellation_policy"), values),
            values.Duration(fields.Find("timeout"), zero: false),
            values.Integer(fields.Find("max_parallel"), lowest: 1));
        return tasks.IsEmpty ? null : spec;
    }

    private static WorkflowReading Read(string source, string defaultRef, bool kept)
    {
        var problems = new ProblemList();
        var spec = Draft(source, defaultRef, problems, kept);
        return new WorkflowReading(problems.HasErrors ? null : spec, problems.ToImmutable());
    }

    private static string? ReadRef(Field? field, ValueReader values)
    {
        if (values.Text(field) is not { } text)
        {
            return null;
        }

        if (ActionChecks.IsCoreAction(text))
        {
            values.Problems.Warn(
                ProblemCode.NoEffect, $"No task can call this workflow as {text}: that is a core action.", field!.At,
                "Give it a name of your own pack.");
        }

        var parts = text.Split('.');
        return parts.Length <= 4 && parts.All(part => part.Length > 0 && part.All(IsRefLetter))
            ? text
            : values.WrongValue<string>(field!, "a name such as pack.name, of lower-case letters, digits, '_' and '-'");
    }

    private static bool IsRefLetter(char letter) =>
        char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter is '_' or '-';

    private static CancellationPolicy ReadPolicy(Field? field, ValueReader values) => values.Text(field) switch
    {
        null or "allow_finish" => CancellationPolicy.AllowFinish,
        "cancel_running" => CancellationPolicy.CancelRunning,
        _ => values.WrongValue<CancellationPolicy>(field!, "allow_finish or cancel_running"),
    };
}
