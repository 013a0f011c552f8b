using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Executor.Benchmarks.Cluster;

/// <summary>A process of the benchmark's own, in a session of its own: an interrupt at the terminal does not reach it.</summary>
internal sealed class Child : IAsyncDisposable
{
    // The shell gives its place to the program, so the number is the program's own. Output goes to a file, not to a pipe,
    // which a server that a script leaves behind would hold open.
    private const string Launch = "log=$1; shift; exec setsid \"$@\" >> \"$log\" 2>&1 < /dev/null";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Process _process;

    private Child(Process process) => _process = process;

    public int Id => _process.Id;

    public bool HasEnded => _process.HasExited;

    /// <param name="log">Standard output and error are added to it.</param>
    public static Child Start(
        string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment, string log)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", Launch, "launch", log, program, .. arguments])
        {
            WorkingDirectory = Path.GetDirectoryName(log),
        };
        start.Environment["DOTNET_ROOT"] = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "../../.."));
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return new Child(Process.Start(start)!);
    }

    /// <summary>Runs a program to its end.</summary>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public static async Task RunAsync(
        string program, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment, string log)
    {
        await using var child = Start(program, arguments, environment, log);
        await child._process.WaitForExitAsync();
        if (child._process.ExitCode != 0)
        {
            throw new InvalidOperationException(
                $"{program} {string.Join(' ', arguments)} ended with {child._process.ExitCode}: {await File.ReadAllTextAsync(log)}");
        }
    }

    /// <summary>Politely, and after the patience for certain.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            using var polite = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
            using var late = new CancellationTokenSource(Patience);
            await _process.WaitForExitAsync(late.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }
}
