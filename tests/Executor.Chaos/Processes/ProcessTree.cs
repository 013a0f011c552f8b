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
            .Where(process => StatusOf(process)?[1] == parent.ToString(CultureInfo.InvariantCulture)),
    ];

    /// <summary>One that has ended and was not waited for is not.</summary>
    public static bool IsAlive(int process) => StatusOf(process) is { } status && status[0] is not ("Z" or "X");

    /// <summary>Also one that has ended and that nobody has waited for.</summary>
    public static bool Exists(int process) => StatusOf(process) is not null;

    /// <summary>State, parent and so on: what stands after the name in brackets.</summary>
    private static string[]? StatusOf(int process)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{process}/stat");
            return text[(text.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            // It ended between the listing and the look.
            return null;
        }
    }
}
