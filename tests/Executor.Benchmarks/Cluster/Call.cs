using Executor.Chaos.Processes;

namespace Executor.Benchmarks.Cluster;

/// <summary>A program that is run to its end.</summary>
internal static class Call
{
    /// <param name="log">Standard output and error are added to it.</param>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public static async Task RunAsync(
        string program, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment, string log)
    {
        using var child = Child.Start(program, arguments, environment, log);
        await child.WhenEnded(CancellationToken.None);
        if (child.ExitCode != 0)
        {
            throw new InvalidOperationException(
                $"{program} {string.Join(' ', arguments)} ended with {child.ExitCode}: {await File.ReadAllTextAsync(log)}");
        }
    }
}
