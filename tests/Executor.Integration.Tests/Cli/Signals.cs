using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Executor.Integration.Tests.Cli;

/// <summary>Signals to a process that a test has started.</summary>
internal static partial class Signals
{
    private const int Interrupt = 2;

    /// <summary>What Ctrl-C does.</summary>
    public static void CtrlC(Process process) => Assert.Equal(0, Kill(process.Id, Interrupt));

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int process, int signal);
}
