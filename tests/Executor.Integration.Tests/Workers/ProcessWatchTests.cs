using System.Diagnostics;
using Executor.Core.Runs;
using Executor.Worker.Runners.Processes;

namespace Executor.Integration.Tests.Workers;

/// <summary>What kills programs when their worker is gone.</summary>
public sealed class ProcessWatchTests
{
    [Theory]
    [InlineData("1 {0}\n")]
    [InlineData("1 x{1}\n")]
    [InlineData("12 77777777\n1 x{1}\n1 {0}\n12 -\n")]
    public async Task Who_was_announced_or_started_is_killed_at_the_end_of_the_pipe(string told)
    {
        using var program = Program(out var key);

        await HearAsync(string.Format(null, told, program.Id, key));

        await program.WaitForExitAsync();
        Assert.Equal(137, program.ExitCode);
    }

    [Theory]
    [InlineData("1 {0}\n1 -\n")]
    [InlineData("1 x{1}\n1 -\n")]
    [InlineData("1 x{1}0\n")]
    [InlineData("11 {0}\n111 x1\n11 -\n111 -\n")]
    public async Task Who_has_ended_and_who_was_never_meant_is_left_alone(string told)
    {
        using var program = Program(out var key);

        await HearAsync(string.Format(null, told, program.Id, key));

        Assert.True(Processes.IsAlive(program.Id));
        program.Kill(entireProcessTree: true);
    }

    [Fact]
    public async Task A_watch_that_was_killed_is_replaced()
    {
        await using var running = new Running();
        await running.RunAsync(running.Begin("core.shell", Running.Input("""{"args": ["true"]}""")));
        var watch = ProcessWatch.OfThisProcess.Process;
        using (var process = Process.GetProcessById(watch))
        {
            process.Kill();
        }

        await Wait.UntilAsync(() => !Processes.IsAlive(watch), "the watch is dead");
        var outcome = await running.RunAsync(running.Begin("core.shell", Running.Input("""{"args": ["true"]}""")));

        Assert.Equal(SlotStatus.Completed, outcome.Status);
        Assert.NotEqual(watch, ProcessWatch.OfThisProcess.Process);
        Assert.True(Processes.IsAlive(ProcessWatch.OfThisProcess.Process));
    }

    /// <summary>A watch of the test's own hears the lines and then the end of its pipe, and does what it is for.</summary>
    private static async Task HearAsync(string lines)
    {
        using var watch = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", ProcessWatch.Script])
        {
            RedirectStandardInput = true,
        })!;
        await watch.StandardInput.WriteAsync(lines);
        watch.StandardInput.Close();
        await watch.WaitForExitAsync();
    }

    /// <summary>A leader of a group of its own, as programs of workers are.</summary>
    private static Process Program(out string key)
    {
        key = Guid.NewGuid().ToString("N");
        var start = new ProcessStartInfo("setsid", ["sh", "-c", "echo ready; sleep 600"]) { RedirectStandardOutput = true };
        start.Environment["EX_IDEMPOTENCY_KEY"] = key;
        var program = Process.Start(start)!;
        Assert.Equal("ready", program.StandardOutput.ReadLine());
        return program;
    }
}
