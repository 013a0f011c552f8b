using System.CommandLine;
using Executor.Core.Workflows;
using Executor.Core.Workflows.Drawing;
using Executor.Host.Local;
using Executor.Host.Output;

namespace Executor.Host.Verbs;

/// <summary>Draws a workflow file.</summary>
internal static class GraphVerb
{
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "The workflow file." };
        var output = CommonOptions.Output("mermaid", "dot");
        var command = new Command(
            "graph",
            "Draws a workflow: tasks, joins, items, and the ways between them with their conditions. "
            + "Mermaid for Markdown, or dot for Graphviz. Exit code 2 when the file has problems.")
        {
            file, output,
        };
        command.SetAction(parsed => Draw(parsed.GetRequiredValue(file), parsed.GetValue(output) == "dot"));
        return command;
    }

    private static int Draw(string path, bool dot)
    {
        var workflow = WorkflowFile.Read(path, KnownActions.None);
        if (workflow.Spec is not { } spec || workflow.HasErrors)
        {
            return Refusals.Say(path, workflow.Problems, json: false);
        }

        ResultText.Write(dot ? Dot.Write(spec) : Mermaid.Write(spec));
        return ExitCode.Completed;
    }
}
