namespace Executor.Chaos.Processes;

/// <summary>Runs a program to its end.</summary>
internal static class Script
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <returns>What it has said.</returns>
    /// <exception cref="HarnessException">It failed, or did not end.</exception>
    public static async Task<string> RunAsync(
        string program, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        // Output goes to a file, not to a pipe: a server that the script leaves behind would hold the pipe open.
        var output = Path.GetTempFileName();
        try
        {
            using var child = Child.Start(program, arguments, environment ?? new Dictionary<string, string>(), output);
            using var late = new CancellationTokenSource(Patience);
            await child.WhenEnded(late.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!child.HasEnded)
            {
                await child.EndAsync(TimeSpan.FromSeconds(5));
                throw new HarnessException($"{program} {string.Join(' ', arguments)} did not end within {Patience}.");
            }

            var said = await File.ReadAllTextAsync(output);
            return child.ExitCode == 0
                ? said
                : throw new HarnessException($"{program} {string.Join(' ', arguments)} ended with {child.ExitCode}: {said}");
        }
        finally
        {
            File.Delete(output);
        }
    }
}
