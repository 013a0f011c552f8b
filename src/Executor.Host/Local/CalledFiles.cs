using System.Collections.Immutable;
using Executor.Core.Workflows;

namespace Executor.Host.Local;

/// <summary>Workflow files that tasks call by a path from the directory of the file with which everything begins.</summary>
internal sealed class CalledFiles(string directory)
{
    private readonly Dictionary<string, (string Path, string Text)> _texts = new(StringComparer.Ordinal);

    /// <returns>Null: there is no such file, or no workflow in it.</returns>
    public WorkflowSpec? Find(string action)
    {
        if (!ActionSpec.IsFile(action) || Path.IsPathRooted(action) || TextOf(action) is not { } text)
        {
            return null;
        }

        return WorkflowYaml.Read(text, NameOf(action)).Spec;
    }

    /// <summary>All that were found, with all that is wrong in each.</summary>
    public ImmutableArray<WorkflowFile> Check(KnownActions known) =>
    [
        .. _texts.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one =>
        {
            var reading = WorkflowCheck.Run(one.Value.Text, NameOf(one.Key), known);
            return new WorkflowFile(one.Value.Path, reading.Spec, reading.Problems);
        }),
    ];

    private static string NameOf(string action) => Path.GetFileNameWithoutExtension(action);

    private string? TextOf(string action)
    {
        if (_texts.TryGetValue(action, out var known))
        {
            return known.Text;
        }

        try
        {
            var path = Path.Combine(directory, action);
            var text = WorkflowFile.Text(path);
            _texts.Add(action, (path, text));
            return text;
        }
        catch (Unusable)
        {
            // Whoever asked says that there is none, and where it was called.
            return null;
        }
    }
}
