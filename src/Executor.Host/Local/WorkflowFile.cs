using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Executor.Core.Expressions;
using Executor.Core.Workflows;

namespace Executor.Host.Local;

/// <summary>A workflow as it was found in a file.</summary>
/// <param name="Spec">Null when it cannot be read; then at least one problem says why.</param>
/// <param name="Problems">All that is wrong in it, in order of place.</param>
internal sealed record WorkflowFile(string Path, WorkflowSpec? Spec, ImmutableArray<SpecProblem> Problems)
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>The files that it calls, and that these call, each once.</summary>
    public ImmutableArray<WorkflowFile> Called { get; init; } = [];

    /// <summary>In it or in one that it calls.</summary>
    public bool HasErrors => Problems.Any(problem => problem.Severity == ProblemSeverity.Error)
        || Called.Any(called => called.HasErrors);

    /// <summary>Where the files that it calls are looked for.</summary>
    public string Directory => System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(Path))!;

    /// <param name="actions">What their inputs are checked against.</param>
    /// <exception cref="Unusable">There is no such file, or it may not be read.</exception>
    public static WorkflowFile Read(string path, KnownActions actions)
    {
        if (!TryDecode(Bytes(path), out var text, out var problem))
        {
            return new WorkflowFile(path, null, [problem]);
        }

        var name = System.IO.Path.GetFileNameWithoutExtension(path);
        var directory = System.IO.Path.GetDirectoryName(path)!;
        var files = new CalledFiles(directory);
        var known = WorkflowYaml.Read(text, name).Spec is { } spec
            ? CallNames.Gather(spec, actions, files.Find, directory)
            : actions;
        var reading = WorkflowCheck.Run(text, name, known);
        return new WorkflowFile(path, reading.Spec, reading.Problems) { Called = files.Check(known) };
    }

    /// <summary>The same, where what it may call is not in files: none are looked for.</summary>
    /// <param name="known">What a workflow may call.</param>
    /// <exception cref="Unusable">There is no such file, or it may not be read.</exception>
    public static async Task<WorkflowFile> ReadAsync(string path, Func<WorkflowSpec, Task<KnownActions>> known)
    {
        if (!TryDecode(Bytes(path), out var text, out var problem))
        {
            return new WorkflowFile(path, null, [problem]);
        }

        var name = System.IO.Path.GetFileNameWithoutExtension(path);
        var actions = WorkflowYaml.Read(text, name).Spec is { } spec ? await known(spec) : null;
        var reading = WorkflowCheck.Run(text, name, actions);
        return new WorkflowFile(path, reading.Spec, reading.Problems);
    }

    /// <summary>The text of another file that a person named.</summary>
    /// <exception cref="Unusable">There is no such file, it may not be read, or it is not UTF-8.</exception>
    public static string Text(string path) => TryDecode(Bytes(path), out var text, out var problem)
        ? text
        : throw new Unusable(problem.Code, problem.Message, problem.Advice, $"{path}:{problem.At}");

    private static byte[] Bytes(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new Unusable("file.none", $"there is no file {path}", "look at the path and the working directory");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw System.IO.Directory.Exists(path)
                ? new Unusable("file.unreadable", $"{path} is a directory", "name the file itself")
                : new Unusable("file.unreadable", $"{path} cannot be read: {fault.Message}", "look at its rights");
        }
    }

    private static bool TryDecode(
        byte[] bytes, out string text, [NotNullWhen(false)] out SpecProblem? problem)
    {
        ReadOnlySpan<byte> content = bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble)
            ? bytes.AsSpan(Encoding.UTF8.Preamble.Length)
            : bytes;
        try
        {
            text = Strict.GetString(content);
            problem = null;
            return true;
        }
        catch (DecoderFallbackException fault)
        {
            text = "";
            var before = Encoding.UTF8.GetString(content[..fault.Index]);
            var line = before.Count(character => character == '\n') + 1;
            var column = before.Length - before.LastIndexOf('\n');
            problem = new SpecProblem(
                "yaml.encoding", "This is not UTF-8.", new Position(line, column), "Save the file as UTF-8.");
            return false;
        }
    }
}
