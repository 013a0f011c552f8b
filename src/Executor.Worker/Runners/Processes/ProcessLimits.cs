using System.ComponentModel;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Executor.Worker.Runners.Processes;

/// <summary>Keeps programs from what they need not do.</summary>
internal static class ProcessLimits
{
    private const int OwnerOnly = 0b000_111_111;

    /// <summary>
    /// For what the calling thread starts: no rights beyond the worker's, new files for the owner only, no core dumps.
    /// </summary>
    /// <exception cref="Win32Exception">The system refuses.</exception>
    public static void RestrictThread(ProcessOptions options)
    {
        if (!options.AllowNewPrivileges)
        {
            Must(Libc.Control(Libc.NoNewPrivileges, 1, 0, 0, 0));
        }

        // Some containers refuse threads a mask of their own; then the whole process has it.
        _ = Libc.Unshare(Libc.FileSystemState);
        _ = Libc.FileMask(OwnerOnly);

        // A thread has no limit of its own. What the worker has in memory is nobody's business either.
        var softAndHard = new long[2];
        Must(Libc.Limit(0, Libc.LimitCore, null, softAndHard));
        softAndHard[0] = 0;
        Must(Libc.Limit(0, Libc.LimitCore, softAndHard, null));
    }

    /// <summary>
    /// The command within its limits. They are set by a program that then becomes the command: set from outside they
    /// would come too late for what the command does first.
    /// </summary>
    public static IReadOnlyList<string> Limited(IReadOnlyList<string> command, ProcessOptions options)
    {
        string?[] limits =
        [
            Limit("as", options.AddressSpace),
            Limit("cpu", options.ProcessorSeconds),
            Limit("fsize", options.FileSize),
            Limit("nofile", options.OpenFiles),
            Limit("nproc", options.Processes),
        ];
        var given = limits.OfType<string>().ToArray();
        return given.Length == 0 ? command : ["prlimit", .. given, .. command];
    }

    private static string? Limit(string name, long? value) =>
        value is { } number ? string.Create(CultureInfo.InvariantCulture, $"--{name}={number}") : null;

    private static void Must(int result)
    {
        if (result != 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        }
    }
}
