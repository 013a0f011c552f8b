using System.Diagnostics;
using System.Runtime.Versioning;
using Executor.Core.Runs;
using Executor.Core.Values;

namespace Executor.Integration.Tests.Workers;

[UnsupportedOSPlatform("windows")]
public sealed class ShellLimitsTests
{
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(400);

    [Fact]
    [Trait("vector", "7 failed")]
    [Trait("lesson", "10.11")]
    public async Task Of_100_MB_of_output_begin_and_end_are_kept_and_memory_stays_flat()
    {
        var before = Peak();

        var outcome = await Running.ShellAsync(
            """
            {"cmd": "echo BEGIN; head -c 100000000 /dev/zero | tr '\\0' x; echo; echo END; exit 1", "shell": true}
            """);

        var grown = Peak() - before;
        var result = (Value.Map)outcome.Result;
        var stdout = TextOf(result, "stdout");
        Assert.Equal("Command exited with code 1", outcome.Error);
        Assert.StartsWith("BEGIN\n", stdout);
        Assert.EndsWith("END\n", stdout);
        Assert.Contains(" bytes lost ...]\n", stdout);
        Assert.Equal("true", TextOf(result, "stdout_truncated"));
        var lost = long.Parse(TextOf(result, "stdout_bytes_truncated"));
        var marker = $"\n[... {lost} bytes lost ...]\n";
        Assert.Equal(100_000_011, stdout.Length - marker.Length + lost);
        Assert.InRange(result.ToString().Length, 900_000, 1_000_000);
        Assert.True(grown < 60_000_000, $"Memory has grown by {grown} bytes.");
    }

    [Theory]
    [InlineData("head -c 5000000 /dev/urandom")]
    [InlineData("head -c 5000000 /dev/zero")]
    [InlineData("seq 1 200000")]
    [InlineData("seq 1 200000 | tee /dev/stderr")]
    [InlineData("head -c 5000000 /dev/zero | tr '\\\\0' '\\\\\\\\'")]
    public async Task Whatever_is_printed_the_result_fits_into_a_message(string command)
    {
        var input = Value.Map.Empty.With("cmd", Value.Of(command)).With("shell", Value.True);

        var outcome = await Running.ShellAsync(input.ToString());

        Assert.Equal(SlotStatus.Completed, outcome.Status);
        Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(outcome.Result.ToString()), 100_000, 1_000_000);
    }

    [Fact]
    [Trait("lesson", "10.8")]
    public async Task A_program_that_exits_before_it_reads_its_input_keeps_its_exit_code_and_error()
    {
        var input = Running.Input("""{"cmd": "echo early >&2; exit 3", "shell": true}""")
            .With("stdin", Value.Of(new string('x', 1_000_000)));

        var outcome = await Running.ShellAsync(input.ToString());

        Assert.Equal("early", outcome.Error);
        Assert.Equal("3", TextOf((Value.Map)outcome.Result, "exit_code"));
    }

    [Theory]
    [Trait("lesson", "10.9")]
    [InlineData("sh -c \"trap '' TERM; echo $$; while :; do sleep 1; done\" & echo $!; wait", true)]
    [InlineData("sh -c \"trap '' TERM; while :; do sleep 1; done\" & echo $!; wait", false)]
    [InlineData("trap '' TERM; sh -c \"while :; do sleep 1; done\" & echo $!; while :; do sleep 1; done", true)]
    [InlineData("sh -c \"trap '' TERM; while :; do sleep 1; done\" > /dev/null 2>&1 & echo $!; exec sleep 600", false)]
    public async Task Nothing_of_a_group_lives_a_second_after_the_grace(string command, bool byTimeout)
    {
        var listener = new Listener();
        await using var running = new Running(options => options.KillGrace = Grace, listener);
        var input = Value.Map.Empty.With("cmd", Value.Of(command)).With("shell", Value.True);
        var request = running.Begin("core.shell", input, byTimeout ? TimeSpan.FromSeconds(2) : null);
        await Wait.UntilAsync(() => !listener.Lines.IsEmpty, "the grandchild lives");
        var grandchild = int.Parse(listener.Lines.First());
        Assert.True(Processes.IsAlive(grandchild));

        if (!byTimeout)
        {
            running.Link.Cancel(request);
        }

        var outcome = await running.RunAsync(request);
        Assert.Equal(byTimeout ? SlotStatus.Timeout : SlotStatus.Cancelled, outcome.Status);
        var result = running.Link.Reports.First();
        var stopped = byTimeout ? TimeSpan.FromSeconds(2) : TimeSpan.Zero;
        await Wait.UntilAsync(() => !Processes.IsAlive(grandchild), "the grandchild is dead");
        Assert.True(result.EndedAt - result.StartedAt < stopped + Grace + TimeSpan.FromSeconds(20));
    }

    [Fact]
    [Trait("lesson", "10.9")]
    public async Task What_a_program_leaves_behind_dies_with_it_and_no_zombie_stays()
    {
        var outcome = await Running.ShellAsync(
            """{"cmd": "sleep 600 > /dev/null 2>&1 & echo $! $$", "shell": true}""");

        var numbers = TextOf((Value.Map)outcome.Result, "stdout").Trim().Split(' ').Select(int.Parse).ToArray();
        await Wait.UntilAsync(() => !Processes.IsAlive(numbers[0]), "the background process is dead");
        Assert.False(Directory.Exists($"/proc/{numbers[1]}"), "The leader is not reaped.");
    }

    [Fact]
    public async Task A_program_that_stops_politely_may_clean_up()
    {
        var listener = new Listener();
        await using var running = new Running(options => options.KillGrace = TimeSpan.FromSeconds(30), listener);
        var request = running.Begin("core.shell", Running.Input(
            """
            {"cmd": "trap 'echo cleaned; exit 0' TERM; echo ready; while :; do sleep 0.05; done", "shell": true}
            """));
        await Wait.UntilAsync(() => !listener.Lines.IsEmpty, "it is ready");

        running.Link.Cancel(request);

        var outcome = await running.RunAsync(request);
        Assert.Equal(SlotStatus.Cancelled, outcome.Status);
        Assert.Equal("ready\ncleaned\n", TextOf((Value.Map)outcome.Result, "stdout"));
    }

    [Fact]
    public async Task A_program_of_another_session_that_holds_the_output_does_not_hold_up_the_result()
    {
        var outcome = await Running.ShellAsync("""{"cmd": "setsid sleep 8 & echo done", "shell": true}""");

        Assert.Equal((SlotStatus.Completed, "done\n"), (outcome.Status, TextOf((Value.Map)outcome.Result, "stdout")));
    }

    [Fact]
    [Trait("lesson", "10.10")]
    public async Task Of_200_scripts_written_and_started_in_parallel_none_fails()
    {
        var folder = Directory.CreateTempSubdirectory("scripts");
        await using var running = new Running();

        await Parallel.ForEachAsync(Enumerable.Range(0, 200), async (number, stop) =>
        {
            var path = Path.Combine(folder.FullName, $"script-{number}");
            await File.WriteAllTextAsync(path, $"#!/bin/sh\necho {number}\n", stop);
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            var request = running.Begin("core.shell", Value.Map.Empty.With("args", Value.Of([Value.Of(path)])));
            var outcome = await running.RunAsync(request);
            Assert.Equal($"{number}\n", TextOf((Value.Map)outcome.Result, "stdout"));
        });

        folder.Delete(recursive: true);
    }

    [Fact]
    [Trait("lesson", "10.10")]
    public async Task A_program_file_that_is_still_being_written_is_waited_for()
    {
        var folder = Directory.CreateTempSubdirectory("busy");
        var path = Path.Combine(folder.FullName, "script");
        var writing = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.ReadWrite);
        writing.Write("#!/bin/sh\necho ran\n"u8);
        writing.Flush();
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        await using var running = new Running();

        var request = running.Begin("core.shell", Value.Map.Empty.With("args", Value.Of([Value.Of(path)])));
        await Wait.UntilAsync(() => running.Link.Acks == 1, "it is being started");
        await writing.DisposeAsync();

        Assert.Equal("ran\n", TextOf((Value.Map)(await running.RunAsync(request)).Result, "stdout"));
        folder.Delete(recursive: true);
    }

    private static long Peak()
    {
        GC.Collect();
        using var self = Process.GetCurrentProcess();
        return self.WorkingSet64;
    }

    private static string TextOf(Value.Map result, string key)
    {
        Assert.True(result.TryGet(key, out var value), $"{key} is missing.");
        return value is Value.Text text ? text.Content : value.ToString();
    }
}
