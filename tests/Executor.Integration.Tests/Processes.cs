namespace Executor.Integration.Tests;

/// <summary>What the system says about processes.</summary>
internal static class Processes
{
    public static bool IsAlive(int process) => Status(process) is { } status && status[0][0] is not ('Z' or 'X');

    /// <summary>Children of a process, their children and so on, as they are just now.</summary>
    public static HashSet<int> Below(int ancestor)
    {
        var parents = All().Select(process => (Process: process, Status: Status(process)))
            .Where(one => one.Status is not null)
            .ToLookup(one => int.Parse(one.Status![1]), one => one.Process);
        var found = new HashSet<int>();
        var open = new Stack<int>([ancestor]);
        while (open.TryPop(out var parent))
        {
            foreach (var child in parents[parent].Where(found.Add))
            {
                open.Push(child);
            }
        }

        return found;
    }

    private static IEnumerable<int> All() => Directory.EnumerateDirectories("/proc")
        .Select(Path.GetFileName)
        .Where(name => name!.All(char.IsAsciiDigit))
        .Select(name => int.Parse(name!));

    /// <summary>State, parent, group and so on: what stands after the name in brackets.</summary>
    private static string[]? Status(int process)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{process}/stat");
            return text[(text.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return null;
        }
    }
}
