using System.Globalization;

namespace Executor.Chaos.Processes;

/// <summary>What the system says about processes.</summary>
internal static class ProcessTree
{
    public static IReadOnlyList<int> Children(int parent) =>
    [
        .. Directory.EnumerateDirectories("/proc")
            .Select(Path.GetFileName)
            .Where(name => name!.All(char.IsAsciiDigit))
            .Select(name => int.Parse(name!, CultureInfo.InvariantCulture))
            .Where(process => ParentOf(process) == parent),
    ];

    private static int? ParentOf(int process)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{process}/stat");
            return int.Parse(text[(text.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            // It ended between the listing and the look.
            return null;
        }
    }
}
