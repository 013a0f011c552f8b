using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Executor.Chaos.Processes;

/// <summary>A process that the runner has started, in a session of its own. Only such ones are ever signalled.</summary>
internal sealed class Child : IDisposable
{
    // The shell gives its place to the program, so the number is the program's own.
    private const string Launch = "log=$1; shift; exec setsid \"$@\" >> \"$log\" 2>&1 < /dev/null";

    private readonly Process _process;

    private Child(Process process) => _process = process;

    public int Id => _process.Id;

    public bool HasEnded => _process.HasExited;

    /// <summary>Of an ended one.</summary>
    public int ExitCode => _process.ExitCode;

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

        return new Child(Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start."));
    }

    /// <summary>Nothing happens to a process that has ended and been waited for: its number may be another's.</summary>
    public void Send(Signal signal)
    {
        if (!_process.HasExited)
        {
            Libc.Kill(_process.Id, (int)signal);
        }
    }

    public Task WhenEnded(CancellationToken stop) => _process.WaitForExitAsync(stop);

    /// <summary>Politely, and after the patience for certain.</summary>
    public async Task EndAsync(TimeSpan patience)
    {
        Send(Signal.Continue);
        Send(Signal.Terminate);
        using var late = new CancellationTokenSource(patience);
        await WhenEnded(late.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Send(Signal.Kill);
        await WhenEnded(CancellationToken.None);
    }

    public void Dispose() => _process.Dispose();
}
