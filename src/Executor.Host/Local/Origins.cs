using Executor.Core.Runs;

namespace Executor.Host.Local;

/// <summary>For runs that may call files: in which directory these are, so that whoever resumes or repeats a run finds them.</summary>
internal sealed class Origins(DataDirectory data)
{
    private readonly string _folder = Path.Combine(data.Path, "origins");

    public void Note(RunId run, string directory)
    {
        Directory.CreateDirectory(_folder);
        File.WriteAllText(FileOf(run), directory);
    }

    /// <returns>Null: none was noted, so that it calls none.</returns>
    public string? Of(RunId run)
    {
        var file = FileOf(run);
        return File.Exists(file) ? File.ReadAllText(file) : null;
    }

    /// <summary>It never began.</summary>
    public void Forget(RunId run)
    {
        if (File.Exists(FileOf(run)))
        {
            File.Delete(FileOf(run));
        }
    }

    private string FileOf(RunId run) => Path.Combine(_folder, run.Text);
}
