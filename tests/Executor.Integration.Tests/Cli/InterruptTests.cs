using System.Text.Json;
using Executor.Integration.Tests.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;

namespace Executor.Integration.Tests.Cli;

public sealed class InterruptTests : IDisposable
{
    private const string Slow = """
        cancellation_policy: cancel_running
        tasks:
          - name: begin
            action: core.shell
            input: {argv: [sh, -c, 'echo begun >> begun.txt; sleep 60']}
            timeout: 5m
            retry: {count: 3}
            next: [{do: end}]
          - name: end
            action: core.noop

        """;

    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task The_first_interrupt_cancels_the_run_and_is_130()
    {
        using var process = await BegunAsync();

        Signals.CtrlC(process);
        var ended = await Executable.EndAsync(process);

        Assert.Equal(130, ended.ExitCode);
        using var json = JsonDocument.Parse(ended.Output);
        Assert.Equal("cancelled", json.RootElement.GetProperty("status").GetString());
        Assert.Contains("asked the run to cancel", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_second_interrupt_leaves_the_run_to_be_resumed()
    {
        _scratch.Write("slow.yaml", Slow.Replace("cancel_running", "allow_finish", StringComparison.Ordinal));
        using var process = await BegunAsync();

        Signals.CtrlC(process);
        await Waiting.ForAsync(() => HasEntry("cancel"), "the cancellation to be stored");
        Signals.CtrlC(process);
        var ended = await Executable.EndAsync(process);
        Assert.Equal((130, ""), (ended.ExitCode, ended.Output));
        Assert.Contains("was asked to cancel and has not ended; to bring it to its end: executor resume", ended.Error, StringComparison.Ordinal);

        var resumed = await _scratch.RunAsync("resume", "-o", "json");
        Assert.Equal(1, resumed.ExitCode);
        using var json = JsonDocument.Parse(resumed.Output);
        Assert.Equal("cancelled", json.RootElement.GetProperty("status").GetString());
    }

    [Fact]
    public async Task Being_told_to_terminate_leaves_the_run_as_it_is_and_cancels_nothing()
    {
        using var process = await BegunAsync();

        Signals.Terminate(process);
        var ended = await Executable.EndAsync(process);

        Assert.Equal((130, ""), (ended.ExitCode, ended.Output));
        Assert.Contains(" is left as it is; to go on: executor resume ", ended.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("cancel", ended.Error, StringComparison.Ordinal);
        using var runs = JsonDocument.Parse((await _scratch.RunAsync("runs", "-o", "json")).Output);
        Assert.Equal("running", runs.RootElement[0].GetProperty("status").GetString());
        using var history = JsonDocument.Parse(
            (await _scratch.RunAsync("history", runs.RootElement[0].GetProperty("run_id").GetString()!, "-o", "json")).Output);
        Assert.DoesNotContain(
            history.RootElement.EnumerateArray().SelectMany(entry => entry.GetProperty("events").EnumerateArray()),
            happened => happened.EnumerateObject().First().Name.Contains("cancel", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Being_told_to_terminate_while_the_run_begins_is_130_too()
    {
        const string Quick = "tasks: [{name: a, action: core.noop}]";
        Assert.Equal(0, (await _scratch.RunAsync("run", _scratch.Write("quick.yaml", Quick))).ExitCode);
        using var process = await HeldUpAsync(() => Executable.Start(_scratch.Folder, "run", "quick.yaml"));

        var ended = await Executable.EndAsync(process);

        Assert.Equal((130, ""), (ended.ExitCode, ended.Output));
        Assert.DoesNotContain("error", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_interrupt_before_the_server_has_answered_is_130_and_says_where_to_look()
    {
        var asked = new TaskCompletionSource();
        await using var server = await ApiUnderTest.StartAsync(patience: null, api => api.Run(context =>
        {
            asked.TrySetResult();
            return Task.Delay(Timeout.Infinite, context.RequestAborted);
        }));
        _scratch.Write("slow.yaml", Slow);
        using var process = Executable.Start(_scratch.Folder, "run", "slow.yaml", "--server", server.Address.ToString());
        await asked.Task;

        Signals.CtrlC(process);
        var ended = await Executable.EndAsync(process);

        Assert.Equal((130, ""), (ended.ExitCode, ended.Output));
        Assert.Equal(
            "interrupted before the server had answered; whether the run has begun is told by: executor runs\n", ended.Error);
    }

    [Fact]
    public async Task One_process_at_a_time_runs_a_data_directory_and_others_may_read_it()
    {
        using var process = await BegunAsync();

        var second = await _scratch.RunAsync("run", "slow.yaml");
        Assert.Equal((2, ""), (second.ExitCode, second.Output));
        Assert.Contains($"error data.in-use: another process ({process.Id})", second.Error, StringComparison.Ordinal);

        var runs = await _scratch.RunAsync("runs", "-o", "json");
        Assert.Equal(0, runs.ExitCode);
        using var json = JsonDocument.Parse(runs.Output);
        Assert.Equal("running", json.RootElement[0].GetProperty("status").GetString());

        Signals.CtrlC(process);
        await Executable.EndAsync(process);
    }

    private async Task<System.Diagnostics.Process> BegunAsync()
    {
        if (!File.Exists(Path.Combine(_scratch.Folder, "slow.yaml")))
        {
            _scratch.Write("slow.yaml", Slow);
        }

        var process = Executable.Start(_scratch.Folder, "run", "slow.yaml", "-o", "json");
        await Waiting.ForAsync(() => File.Exists(Path.Combine(_scratch.Folder, "begun.txt")), "the action to begin");
        return process;
    }

    /// <summary>Tells a process to terminate that cannot write down that its run has begun, and lets it write only then.</summary>
    private async Task<System.Diagnostics.Process> HeldUpAsync(Func<System.Diagnostics.Process> start)
    {
        var data = Path.Combine(_scratch.Folder, ".executor");
        await using var database = new SqliteConnection($"Data Source={Path.Combine(data, "executor.db")};Pooling=False");
        await database.OpenAsync();
        await using var write = database.BeginTransaction(deferred: false);
        var process = start();
        var holder = $"{process.Id}";
        await Waiting.ForAsync(() => _scratch.Read(".executor/lock.holder") == holder, "the process to hold the data directory");
        Signals.Terminate(process);
        await write.RollbackAsync();
        return process;
    }

    private bool HasEntry(string word)
    {
        var history = Executable.RunAsync(_scratch.Folder, "runs", "-o", "json").GetAwaiter().GetResult();
        return history.Output.Contains(word, StringComparison.Ordinal);
    }
}
