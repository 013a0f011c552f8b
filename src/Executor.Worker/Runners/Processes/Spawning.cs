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
    /// <exception cref="Win32Exception">The program cannot be started; the number is the system's.</exception>
    public static ProcessGroup Start(ProcessStart start)
    {
        var pipes = new Pipes();
        try
        {
            var process = Spawn(start, pipes);
            return new ProcessGroup(
                process, pipes.TakeInput(start.HasInput), pipes.TakeOutput(1), pipes.TakeOutput(2));
        }
        finally
        {
            pipes.CloseRest();
        }
    }

    private static int Spawn(ProcessStart start, Pipes pipes)
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

            if (start.Folder is not null)
            {
                Must(Libc.AddFolder(actions, texts.Text(start.Folder)));
            }

            var environment = start.Environment.Select(variable => $"{variable.Key}={variable.Value}");
            var error = Libc.Spawn(
                out var process,
                texts.Text(start.Arguments[0]),
                actions,
                attributes,
                texts.List(start.Arguments),
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
    private sealed class Pipes
    {
        private readonly int[][] _ends = [Open(), Open(), Open()];

        // Standard input is read by the child, the others are written by it.
        public int ChildEnd(int stream) => _ends[stream][stream == 0 ? 0 : 1];

        /// <summary>Null, and the pipe closed, when nothing is to be written.</summary>
        public AnonymousPipeClientStream? TakeInput(bool wanted) =>
            wanted ? new AnonymousPipeClientStream(PipeDirection.Out, Take(0, 1)) : null;

        public AnonymousPipeClientStream TakeOutput(int stream) => new(PipeDirection.In, Take(stream, 0));

        public void CloseRest()
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

        private SafePipeHandle Take(int stream, int end)
        {
            var handle = new SafePipeHandle(_ends[stream][end], ownsHandle: true);
            _ends[stream][end] = -1;
            return handle;
        }
    }
}
