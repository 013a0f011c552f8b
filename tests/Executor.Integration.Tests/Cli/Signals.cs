using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Executor.Integration.Tests.Cli;

/// <summary>Signals to a process that a test has started.</summary>
internal static partial class Signals
{
    private const int Interrupt = 2;
    private const int Termination = 15;

    /// <summary>What Ctrl-C does.</summary>
    public static void CtrlC(Process process) => Assert.Equal(0, Kill(process.Id, Interrupt));

    /// <summary>What a supervisor does.</summary>
    public static void Terminate(Process process) => Assert.Equal(0, Kill(process.Id, Termination));

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int process, int signal);
}
