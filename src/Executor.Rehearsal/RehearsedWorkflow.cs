using System.Collections.Immutable;
using Executor.Core.Workflows;

namespace Executor.Rehearsal;

/// <summary>
/// A workflow that was read from a file and can be rehearsed: run without workers, with results that a test makes up,
/// in virtual time.
/// </summary>
/// <remarks>Immutable; one may be shared by all tests of a class.</remarks>
public sealed class RehearsedWorkflow
{
    private readonly ImmutableDictionary<string, WorkflowSpec> _called;
    private readonly string? _directory;

    private RehearsedWorkflow(WorkflowSpec spec, ImmutableDictionary<string, WorkflowSpec> called, string? directory)
    {
        Spec = spec;
        _called = called;
        _directory = directory;
    }

    /// <summary>The name that it is started by.</summary>
    public string Name => Spec.Ref;

    internal WorkflowSpec Spec { get; }

    /// <summary>Reads a workflow file and checks it as <c>executor check</c> does. Names of actions are not checked.</summary>
    /// <remarks>Files that its tasks call are looked for in its directory when they are called.</remarks>
    /// <param name="path">Absolute, or from the working directory.</param>
    /// <exception cref="WorkflowRefusedException">The file has mistakes; all of them are in the message.</exception>
    /// <exception cref="IOException">There is no such file, or it cannot be read.</exception>
    public static RehearsedWorkflow Load(string path) =>
        Read(File.ReadAllText(path), Path.GetFileNameWithoutExtension(path), Path.GetDirectoryName(Path.GetFullPath(path)));

    /// <summary>Reads a workflow from a text.</summary>
    /// <param name="name">The workflow's name where the text has no <c>ref</c>.</param>
    /// <exception cref="WorkflowRefusedException">The text has mistakes; all of them are in the message.</exception>
    public static RehearsedWorkflow Parse(string yaml, string name = "workflow") => Read(yaml, name, null);

    /// <summary>
    /// Lets tasks call another workflow by its name: it is run in their place, and its tasks are named <c>call/task</c> in
    /// scripts and results. A script that says how the calling task ends keeps it from being run.
    /// </summary>
    /// <exception cref="ArgumentException">Another is called by the same name already.</exception>
    public RehearsedWorkflow Calling(RehearsedWorkflow other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new RehearsedWorkflow(Spec, _called.Add(other.Name, other.Spec), _directory);
    }

    /// <summary>A script without inputs in which every attempt succeeds with the result null, first in, first out.</summary>
    public ScriptedRun Script() => ScriptedRun.Of(Spec, Find);

    /// <param name="directory">Where files are that it calls.</param>
    internal static RehearsedWorkflow Of(WorkflowSpec spec, string directory) =>
        new(spec, ImmutableDictionary<string, WorkflowSpec>.Empty, directory);

    private static RehearsedWorkflow Read(string yaml, string name, string? directory)
    {
        var reading = WorkflowCheck.Run(yaml, name);
        return reading.Spec is { } spec
            ? new RehearsedWorkflow(spec, ImmutableDictionary<string, WorkflowSpec>.Empty, directory)
            : throw new WorkflowRefusedException(name, reading.Problems);
    }

    /// <returns>Null: it is no workflow, and a script says how it ends.</returns>
    internal WorkflowSpec? Find(string action)
    {
        if (_called.TryGetValue(action, out var other))
        {
            return other;
        }

        if (_directory is null || !ActionSpec.IsFile(action) || Path.IsPathRooted(action)
            || Path.Combine(_directory, action) is var path && !File.Exists(path))
        {
            return null;
        }

        var name = Path.GetFileNameWithoutExtension(action);
        var reading = WorkflowCheck.Run(File.ReadAllText(path), name);
        return reading.Spec ?? throw new WorkflowRefusedException(action, reading.Problems);
    }
}
