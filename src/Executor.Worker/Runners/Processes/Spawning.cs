using System.ComponentModel;
using System.IO.Pipes;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Executor.Worker.Runners.Processes;

/// <summary>Starts a program as the leader of its own session and group, with pipes to its three streams.</summary>
/// <remarks>
/// The framework's process class cannot do that, and a launcher in between would hide why a program could not start.
/// </remarks>
internal static class Spawning
{
    private const int ThreadStack = 256 * 1024;

    /// <exception cref="Win32Exception">The program cannot be started; the number is the system's.</exception>
    /// <remarks>
    /// Each program has a thread from its start to its end: what restricts a program is set for the thread that starts
    /// it, and the pool must not be filled with waiting.
    /// </remarks>
    public static Task<ProcessGroup> StartAsync(ProcessStart start)
    {
        var started = new TaskCompletionSource<ProcessGroup>(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() => Attend(start, started), ThreadStack) { IsBackground = true, Name = "program" }.Start();
        return started.Task;
    }

    /// <summary>Starts a shell that reads lines from a pipe. The pipe never blocks who writes to it.</summary>
    /// <exception cref="Win32Exception">It cannot be started.</exception>
    public static (int Process, int Pipe) StartWatch(string script)
    {
        using var pipes = new Pipes();
        var environment = new Dictionary<string, string> { ["PATH"] = ShellEnvironment.DefaultPath };
        var process = Spawn(["/bin/sh", "-c", script, "executor-watch"], environment, "/", pipes);
        var pipe = pipes.Take(0, 1);
        _ = Libc.ControlFile(pipe, Libc.SetStatusFlags, Libc.NonBlocking);
        return (process, pipe);
    }

    private static void Attend(ProcessStart start, TaskCompletionSource<ProcessGroup> started)
    {
        ProcessGroup group;
        try
        {
            group = Start(start);
        }
        catch (Exception failure)
        {
            started.SetException(failure);
            return;
        }

        started.SetResult(group);
        group.AwaitExit();
    }

    private static ProcessGroup Start(ProcessStart start)
    {
        ProcessLimits.RestrictThread(start.Limits);
        var watch = ProcessWatch.OfThisProcess;
        var watched = watch.Announce(start.Key);
        using var pipes = new Pipes();
        int process;
        try
        {
            process = Spawn(
                ProcessLimits.Limited(start.Arguments, start.Limits), start.Environment, start.Folder, pipes);
        }
        catch
        {
            watch.Ended(watched);
            throw;
        }

        var group = new ProcessGroup(
            process, watched, pipes.TakeInput(start.HasInput), pipes.TakeOutput(1), pipes.TakeOutput(2));
        try
        {
            watch.Started(watched, process);
            return group;
        }
        catch
        {
            group.End();
            group.Dispose();
            throw;
        }
    }

    private static int Spawn(
        IReadOnlyList<string> command, IReadOnlyDictionary<string, string> variables, string? folder, Pipes pipes)
    {
        using var texts = new NativeTexts();
        var attributes = texts.Structure();
        var actions = texts.Structure();
        var signals = texts.Structure();
        Must(Libc.InitAttributes(attributes));
        Must(Libc.InitActions(actions));
        try
        {
            // The runtime ignores some signals, and what is ignored stays so in a new program.
            Must(Libc.AllSignals(signals));
            Must(Libc.SetDefaults(attributes, signals));
            Must(Libc.NoSignals(signals));
            Must(Libc.SetMask(attributes, signals));
            Must(Libc.SetFlags(attributes, Libc.SetSession | Libc.SetSignalDefaults | Libc.SetSignalMask));
            for (var stream = 0; stream < 3; stream++)
            {
                Must(Libc.AddDuplicate(actions, pipes.ChildEnd(stream), stream));
            }

            if (folder is not null)
            {
                Must(Libc.AddFolder(actions, texts.Text(folder)));
            }

            var environment = variables.Select(variable => $"{variable.Key}={variable.Value}");
            var error = Libc.Spawn(
                out var process,
                texts.Text(command[0]),
                actions,
                attributes,
                texts.List(command),
                texts.List(environment));
            Must(error);
            return process;
        }
        finally
        {
            _ = Libc.DestroyActions(actions);
            _ = Libc.DestroyAttributes(attributes);
        }
    }

    private static void Must(int error)
    {
        if (error != 0)
        {
            throw new Win32Exception(error);
        }
    }

    /// <summary>Three pipes; every end is closed once, by whoever has it last.</summary>
    private sealed class Pipes : IDisposable
    {
        private readonly int[][] _ends = [Open(), Open(), Open()];

        // Standard input is read by the child, the others are written by it.
        public int ChildEnd(int stream) => _ends[stream][stream == 0 ? 0 : 1];

        /// <summary>Null, and the pipe closed, when nothing is to be written.</summary>
        public AnonymousPipeClientStream? TakeInput(bool wanted) =>
            wanted ? new AnonymousPipeClientStream(PipeDirection.Out, Handle(0, 1)) : null;

        public AnonymousPipeClientStream TakeOutput(int stream) => new(PipeDirection.In, Handle(stream, 0));

        /// <summary>The caller closes it.</summary>
        public int Take(int stream, int end)
        {
            var descriptor = _ends[stream][end];
            _ends[stream][end] = -1;
            return descriptor;
        }

        public void Dispose()
        {
            foreach (var descriptor in _ends.SelectMany(pipe => pipe).Where(descriptor => descriptor >= 0))
            {
                _ = Libc.Close(descriptor);
            }
        }

        private static int[] Open()
        {
            var ends = new int[2];
            return Libc.Pipe(ends, Libc.CloseOnExec) == 0
                ? ends
                : throw new Win32Exception(Marshal.GetLastPInvokeError());
        }

        private SafePipeHandle Handle(int stream, int end) => new(Take(stream, end), ownsHandle: true);
    }
}
