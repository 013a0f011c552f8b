using System.Diagnostics;

namespace Executor.Integration.Tests.Cli;

/// <summary>The built command line, run as people run it: as a process of its own.</summary>
internal static class Executable
{
    /// <summary>Far longer than any call takes on a busy machine; only a hang reaches it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public static string Path { get; } = System.IO.Path.Combine(
        AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "executor.exe" : "executor");

    /// <param name="folder">The working directory.</param>
    public static async Task<Ended> RunAsync(string folder, params string[] arguments)
    {
        using var process = Start(folder, arguments);
        return await EndAsync(process);
    }

    /// <summary>Starts it and leaves it running; its output is read by <see cref="EndAsync"/>.</summary>
    public static Process Start(string folder, params string[] arguments) => StartOther(Path, folder, arguments);

    /// <summary>As <see cref="Start(string, string[])"/>, with variables of its own.</summary>
    public static Process StartWith(
        IReadOnlyDictionary<string, string> environment, string folder, params string[] arguments)
    {
        var start = StartOf(Path, folder, arguments);
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return Begin(start);
    }

    /// <summary>Another program that is to start ours.</summary>
    public static Process StartOther(string program, string folder, params string[] arguments) =>
        Begin(StartOf(program, folder, arguments));

    private static ProcessStartInfo StartOf(string program, string folder, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DOTNET_ROOT"] = System.IO.Path.GetFullPath(
            System.IO.Path.Combine(System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory(), "../../.."));
        return start;
    }

    private static Process Begin(ProcessStartInfo start)
    {
        var process = Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName} did not start.");
        process.StandardInput.Close();
        return process;
    }

    public static async Task<Ended> EndAsync(Process process)
    {
        using var patience = new CancellationTokenSource(Patience);
        var output = process.StandardOutput.ReadToEndAsync(patience.Token);
        var error = process.StandardError.ReadToEndAsync(patience.Token);
        try
        {
            await process.WaitForExitAsync(patience.Token);
            return new Ended(process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{process.StartInfo.Arguments} did not end within {Patience}.");
        }
    }
}

/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error.</param>
internal sealed record Ended(int ExitCode, string Output, string Error);
