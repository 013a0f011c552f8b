using System.Globalization;
using Executor.Chaos.Evidences;

namespace Executor.Chaos.Processes;

/// <summary>What the system says a process holds.</summary>
internal static class ResourceReader
{
    public static Resources Read(string name, int process)
    {
        var status = File.ReadLines($"/proc/{process}/status").Select(line => line.Split(':', 2))
            .ToDictionary(parts => parts[0], parts => parts[1].Trim());
        return new Resources(
            name,
            Number(status["VmRSS"].Split(' ')[0]) * 1024,
            Directory.EnumerateFileSystemEntries($"/proc/{process}/fd").Count(),
            (int)Number(status["Threads"]));
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
