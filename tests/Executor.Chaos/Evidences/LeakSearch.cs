using System.Text;

namespace Executor.Chaos.Evidences;

/// <summary>Looks for texts that must not be seen.</summary>
internal static class LeakSearch
{
    /// <returns>The files that hold one of the texts, with the place of the text among them.</returns>
    public static IEnumerable<string> InFiles(string folder, IReadOnlyList<string> texts)
    {
        var needles = texts.Select(Encoding.UTF8.GetBytes).ToList();
        return
            from file in Directory.EnumerateFiles(folder)
            let bytes = File.ReadAllBytes(file)
            from number in Enumerable.Range(0, needles.Count)
            where bytes.AsSpan().IndexOf(needles[number]) >= 0
            select $"secret number {number + 1} stands in {Path.GetFileName(file)}";
    }
}
