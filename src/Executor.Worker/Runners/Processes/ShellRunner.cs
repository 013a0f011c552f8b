using System.ComponentModel;
using System.Text;
using Executor.Worker.Actions;

namespace Executor.Worker.Runners.Processes;

/// <summary>
/// core.shell: runs a program. <c>args</c> (or <c>argv</c>) is the list that starts it, without a shell; <c>cmd</c> is
/// a text for /bin/sh and needs <c>shell: true</c>. <c>parameters</c> become variables EX_P_NAME, <c>env</c> variables
/// of their own name; neither is ever part of a command line. Further: <c>cwd</c>, <c>stdin</c> (a text, or anything
/// else as JSON) and <c>output_format</c> (text, json, jsonl, yaml).
/// </summary>
internal sealed class ShellRunner(WorkerOptions options) : IActionRunner
{
    private const int BusyTries = 20;
    private static readonly TimeSpan BusyPause = TimeSpan.FromMilliseconds(25);

    // After the end of a program, what it left behind may still finish its output; then the group is killed.
    private static readonly TimeSpan Lingering = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LastOutput = TimeSpan.FromMilliseconds(500);

    public async Task<ActionResult> RunAsync(ActionContext context, CancellationToken stop)
    {
        if (!OperatingSystem.IsLinux())
        {
            return ActionResult.Failure("core.shell starts programs by Linux calls; this worker runs elsewhere.");
        }

        var command = ShellCommand.From(context.Input);
        var start = new ProcessStart(
            context.Id.Text, command.Arguments, ShellEnvironment.For(context, options),
            command.Folder ?? options.WorkingDirectory, command.StandardInput is not null, options.Programs);
        var begin = context.Time.GetTimestamp();
        ProcessGroup? started;
        try
        {
            started = await StartAsync(start, context.Time, stop);
        }
        catch (Win32Exception failure)
        {
            return ActionResult.Failure($"{command.Arguments[0]} could not be started: {failure.Message}");
        }

        using var group = started;
        var output = new CappedOutput(options.OutputLimit);
        var error = new CappedOutput(options.OutputLimit);
        using var enough = new CancellationTokenSource();
        var reading = Task.WhenAll(
            OutputReader.ReadAsync(group.Output, output, context, enough.Token),
            OutputReader.ReadAsync(group.Error, error, context, enough.Token));
        var writing = WriteAsync(group, command.StandardInput, enough.Token);

        await ExitAsync(group, reading, context, stop);
        var exit = group.End();
        var duration = context.Time.GetElapsedTime(begin);
        enough.CancelAfter(LastOutput);
        await reading;
        await enough.CancelAsync();
        await writing;
        return ShellResult.Of(exit, duration, output, error, command.OutputFormat, options.ResultLimit);
    }

    /// <summary>
    /// A file that has just been written may still be open in a process that is being started elsewhere.
    /// </summary>
    private static async Task<ProcessGroup> StartAsync(ProcessStart start, TimeProvider time, CancellationToken stop)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await Spawning.StartAsync(start);
            }
            catch (Win32Exception busy) when (busy.NativeErrorCode == Libc.TextFileBusy && tries < BusyTries)
            {
                await Task.Delay(BusyPause, time, stop);
            }
        }
    }

    /// <summary>A program that does not read its input is no failure.</summary>
    private static async Task WriteAsync(ProcessGroup group, string? text, CancellationToken stop)
    {
        if (group.Input is not { } input)
        {
            return;
        }

        try
        {
            await using (input)
            {
                await input.WriteAsync(Encoding.UTF8.GetBytes(text!), stop);
            }
        }
        catch (Exception unread) when (unread is IOException or OperationCanceledException)
        {
            // It has ended, or closed its input.
        }
    }

    /// <summary>Waits for the leader's end, and a moment for the output of what it leaves behind.</summary>
    private static async Task ExitAsync(
        ProcessGroup group, Task reading, ActionContext context, CancellationToken stop)
    {
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var _ = stop.UnsafeRegister(static state => ((TaskCompletionSource)state!).TrySetResult(), told);
        if (await Task.WhenAny(group.Exited, told.Task) == group.Exited)
        {
            var lingering = Task.Delay(Lingering, context.Time, CancellationToken.None);
            await Task.WhenAny(reading, told.Task, lingering);
        }

        if (!stop.IsCancellationRequested)
        {
            return;
        }

        group.AskToStop();
        var all = Task.WhenAll(group.Exited, reading);
        await Task.WhenAny(all, Task.Delay(context.Grace, context.Time, CancellationToken.None));
        group.Kill();
        await group.Exited;
    }
}
