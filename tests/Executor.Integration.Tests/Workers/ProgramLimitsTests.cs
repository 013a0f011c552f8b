using System.ComponentModel.DataAnnotations;
using System.Runtime.Versioning;
using Executor.Core.Runs;
using Executor.Core.Values;
using Executor.Worker;
using Executor.Worker.Runners.Processes;

namespace Executor.Integration.Tests.Workers;

/// <summary>What a program may not do.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class ProgramLimitsTests
{
    [Fact]
    public async Task By_default_files_are_the_owners_there_are_no_core_dumps_and_no_rights_to_be_gained()
    {
        var softAndHard = new long[2];
        Assert.Equal(0, Libc.Limit(0, Libc.LimitCore, null, softAndHard));
        Assert.Equal(0, Libc.Limit(0, Libc.LimitCore, [softAndHard[1], softAndHard[1]], null));

        var printed = await PrintedAsync("umask; ulimit -c; grep NoNewPrivs /proc/self/status");

        Assert.Equal("0077\n0\nNoNewPrivs:\t1\n", printed);
    }

    [Fact]
    public async Task The_workers_own_files_are_made_as_before()
    {
        await PrintedAsync("true");
        var file = Path.GetTempFileName() + ".mode";
        await File.WriteAllTextAsync(file, "");
        var mode = File.GetUnixFileMode(file);
        File.Delete(file);

        Assert.NotEqual(UnixFileMode.None, mode & UnixFileMode.GroupRead);
    }

    [Fact]
    public async Task Limits_hold_for_the_program_and_what_it_starts()
    {
        var printed = await PrintedAsync(
            "sh -c 'ulimit -v; ulimit -t; ulimit -f; ulimit -n; grep Max.processes /proc/self/limits'",
            options => options.Programs = new ProcessOptions
            {
                AddressSpace = 1L << 30,
                ProcessorSeconds = 60,
                FileSize = 512 * 100,
                OpenFiles = 200,
                Processes = 30_000,
            });

        Assert.Matches("^1048576\n60\n100\n200\nMax processes +30000 +30000 ", printed);
    }

    [Fact]
    public async Task A_program_that_writes_too_much_is_ended_and_says_why()
    {
        var folder = Directory.CreateTempSubdirectory("limits");
        var outcome = await Running.ShellAsync(
            $$"""{"args": ["sh", "-c", "exec dd if=/dev/zero of=big bs=1000 count=100"], "cwd": "{{folder.FullName}}"}""",
            options => options.Programs = new ProcessOptions { FileSize = 10_000 });

        Assert.Equal(SlotStatus.Failed, outcome.Status);
        Assert.Contains("SIGXFSZ", outcome.Result.ToString());
        Assert.Equal(10_000, new FileInfo(Path.Combine(folder.FullName, "big")).Length);
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_program_that_is_not_there_is_named_under_limits_too()
    {
        var outcome = await Running.ShellAsync(
            """{"args": ["no-such-program"]}""", options => options.Programs = new ProcessOptions { OpenFiles = 100 });

        Assert.Equal(SlotStatus.Failed, outcome.Status);
        Assert.Contains("no-such-program: No such file or directory", outcome.Error);
    }

    [Fact]
    public async Task New_rights_can_be_allowed()
    {
        var printed = await PrintedAsync(
            "grep NoNewPrivs /proc/self/status",
            options => options.Programs = new ProcessOptions { AllowNewPrivileges = true });

        Assert.Equal("NoNewPrivs:\t0\n", printed);
    }

    [Fact]
    public void A_limit_out_of_range_stops_the_worker_at_its_start()
    {
        var options = new WorkerOptions { Programs = new ProcessOptions { OpenFiles = 1 } };

        Assert.Throws<ValidationException>(options.Check);
    }

    private static async Task<string> PrintedAsync(string command, Action<WorkerOptions>? options = null)
    {
        var input = Value.Map.Empty.With("cmd", Value.Of(command)).With("shell", Value.True);
        var outcome = await Running.ShellAsync(input.ToString(), options);
        Assert.Equal(SlotStatus.Completed, outcome.Status);
        Assert.True(((Value.Map)outcome.Result).TryGet("stdout", out var printed) || command == "true");
        return printed is Value.Text text ? text.Content : "";
    }
}
