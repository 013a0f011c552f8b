using Executor.Core.Workflows;

namespace Executor.Rehearsal;

/// <summary>
/// A workflow that was read from a file and can be rehearsed: run without workers, with results that a test makes up,
/// in virtual time.
/// </summary>
/// <remarks>Immutable; one may be shared by all tests of a class.</remarks>
public sealed class RehearsedWorkflow
{
    private RehearsedWorkflow(WorkflowSpec spec) => Spec = spec;

    /// <summary>The name that it is started by.</summary>
    public string Name => Spec.Ref;

    internal WorkflowSpec Spec { get; }

    /// <summary>Reads a workflow file and checks it as <c>executor check</c> does. Names of actions are not checked.</summary>
    /// <param name="path">Absolute, or from the working directory.</param>
    /// <exception cref="WorkflowRefusedException">The file has mistakes; all of them are in the message.</exception>
    /// <exception cref="IOException">There is no such file, or it cannot be read.</exception>
    public static RehearsedWorkflow Load(string path) =>
        Parse(File.ReadAllText(path), Path.GetFileNameWithoutExtension(path));

    /// <summary>Reads a workflow from a text.</summary>
    /// <param name="name">The workflow's name where the text has no <c>ref</c>.</param>
    /// <exception cref="WorkflowRefusedException">The text has mistakes; all of them are in the message.</exception>
    public static RehearsedWorkflow Parse(string yaml, string name = "workflow")
    {
        var reading = WorkflowCheck.Run(yaml, name);
        return reading.Spec is { } spec
            ? new RehearsedWorkflow(spec)
            : throw new WorkflowRefusedException(name, reading.Problems);
    }

    /// <summary>A script without inputs in which every attempt succeeds with the result null, first in, first out.</summary>
    public ScriptedRun Script() => ScriptedRun.Of(Spec);

    internal static RehearsedWorkflow Of(WorkflowSpec spec) => new(spec);
}
