using System.CommandLine;
using Executor.Core.Workflows.Describing;
using Executor.Host.Output;

namespace Executor.Host.Verbs;

/// <summary>Tells editors what a workflow file may hold.</summary>
internal static class SchemaVerb
{
    public static Command Create()
    {
        var command = new Command(
            "schema",
            "Prints the JSON Schema of workflow files, with which editors complete keys and mark mistakes. "
            + "Begin a file with '# yaml-language-server: $schema=FILE', or name FILE in the setting yaml.schemas.");
        command.SetAction(_ =>
        {
            ResultText.Write(WorkflowSchema.Write() + "\n");
            return ExitCode.Completed;
        });
        return command;
    }
}
