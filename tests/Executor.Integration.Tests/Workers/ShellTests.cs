using Executor.Core.Runs;
using Executor.Core.Values;

namespace Executor.Integration.Tests.Workers;

public sealed class ShellTests
{
    [Fact]
    [Trait("vector", "7 succeeded")]
    public async Task A_success_has_exit_code_duration_and_output()
    {
        var outcome = await Running.ShellAsync("""{"args": ["echo", "hello"]}""");

        Assert.Equal((SlotStatus.Completed, null, null), (outcome.Status, outcome.Error, outcome.Code));
        var result = Assert.IsType<Value.Map>(outcome.Result);
        Assert.Equal(["exit_code", "duration_ms", "succeeded", "stdout"], result.Select(entry => entry.Key));
        Assert.Equal("hello\n", TextOf(outcome, "stdout"));
        Assert.Equal("0", TextOf(outcome, "exit_code"));
    }

    [Fact]
    [Trait("vector", "7 failed")]
    public async Task A_failure_has_exit_code_error_and_both_outputs()
    {
        var outcome = await Running.ShellAsync(
            """{"cmd": "echo out; echo first >&2; echo second >&2; exit 3", "shell": true}""");

        Assert.Equal((SlotStatus.Failed, "first\nsecond", null), (outcome.Status, outcome.Error, outcome.Code));
        Assert.Equal(
            ["exit_code", "duration_ms", "succeeded", "error", "stdout", "stderr_log"],
            Assert.IsType<Value.Map>(outcome.Result).Select(entry => entry.Key));
        Assert.Equal("3", TextOf(outcome, "exit_code"));
        Assert.Equal("first\nsecond\n", TextOf(outcome, "stderr_log"));
    }

    [Theory]
    [Trait("vector", "7 failed")]
    [Trait("lesson", "10.11")]
    [InlineData("exit 7", "Command exited with code 7")]
    [InlineData("for n in 1 2 3 4 5; do echo line $n >&2; done; exit 1", "line 1\nline 2\nline 3\nline 4\nline 5")]
    [InlineData("for n in 1 2 3 4 5 6; do echo line $n >&2; done; exit 1", "line 6")]
    [InlineData("kill -9 $$", "Command was ended by SIGKILL")]
    public async Task The_error_is_what_the_program_said_last(string command, string error)
    {
        var input = Value.Map.Empty.With("cmd", Value.Of(command)).With("shell", Value.True);

        var outcome = await Running.ShellAsync(input.ToString());

        Assert.Equal(error, outcome.Error);
        Assert.Equal(error, TextOf(outcome, "error"));
    }

    [Fact]
    public async Task An_end_by_signal_is_reported()
    {
        var outcome = await Running.ShellAsync("""{"cmd": "kill -TERM $$", "shell": true}""");

        Assert.Equal(("143", "SIGTERM"), (TextOf(outcome, "exit_code"), TextOf(outcome, "signal")));
    }

    [Theory]
    [Trait("lesson", "4.7")]
    [InlineData("request was cancelled")]
    [InlineData("timed out: abandoned")]
    public async Task Words_in_the_output_never_decide_the_outcome(string words)
    {
        var input = Value.Map.Empty.With("cmd", Value.Of($"echo '{words}' >&2; exit 1")).With("shell", Value.True);

        Assert.Equal(SlotStatus.Failed, (await Running.ShellAsync(input.ToString())).Status);
    }

    [Theory]
    [Trait("vector", "7 output format")]
    [InlineData("text", "{\"a\":1}", null)]
    [InlineData("json", "{\"a\":1}", "{\"a\":1}")]
    [InlineData("json", "log line\\n[1,2]\\n", "[1,2]")]
    [InlineData("json", "no json", null)]
    [InlineData("jsonl", "{\"a\":1}\\n\\n{\"a\":2}\\n", "[{\"a\":1},{\"a\":2}]")]
    [InlineData("jsonl", "{\"a\":1}\\noops\\n", null)]
    [InlineData("yaml", "a: 1\\nb: [x, 2.5]\\n", "{\"a\":1,\"b\":[\"x\",2.5]}")]
    [InlineData("yaml", "a: [", null)]
    public async Task Data_is_read_from_the_output_and_what_cannot_be_read_is_no_failure(
        string format, string printed, string? data)
    {
        var input = Value.Map.Empty
            .With("args", Value.Of([Value.Of("printf"), Value.Of("%b"), Value.Of(printed)]))
            .With("output_format", Value.Of(format));

        var outcome = await Running.ShellAsync(input.ToString());

        Assert.Equal(SlotStatus.Completed, outcome.Status);
        var result = (Value.Map)outcome.Result;
        Assert.Equal(data is not null, result.TryGet("data", out var found));
        Assert.Equal(data, found?.ToString());
    }

    [Fact]
    public async Task Hostile_data_is_no_data_and_no_harm()
    {
        var outcome = await Running.ShellAsync(
            """{"cmd": "head -c 100000 /dev/zero | tr '\\0' '['", "shell": true, "output_format": "yaml"}""");

        Assert.Equal(SlotStatus.Completed, outcome.Status);
        Assert.False(((Value.Map)outcome.Result).ContainsKey("data"));
    }

    [Fact]
    [Trait("vector", "7 output format")]
    public async Task There_is_no_data_after_a_failure()
    {
        var outcome = await Running.ShellAsync(
            """{"cmd": "echo '{}'; exit 1", "shell": true, "output_format": "json"}""");

        Assert.False(((Value.Map)outcome.Result).ContainsKey("data"));
    }

    [Theory]
    [InlineData("$(touch /tmp/never)")]
    [InlineData("a\nb")]
    [InlineData("-rf")]
    [InlineData("'; exit 9 #")]
    [InlineData("`id` $HOME \\ \" *")]
    public async Task Arguments_and_parameters_arrive_literally(string text)
    {
        var argument = await Running.ShellAsync(Value.Map.Empty
            .With("args", Value.Of([Value.Of("printf"), Value.Of("%s"), Value.Of(text)])).ToString());
        var parameter = await Running.ShellAsync(Value.Map.Empty
            .With("cmd", Value.Of("printf '%s' \"$EX_P_WHAT\""))
            .With("shell", Value.True)
            .With("parameters", Value.Map.Empty.With("what", Value.Of(text))).ToString());

        Assert.Equal(text, TextOf(argument, "stdout"));
        Assert.Equal(text, TextOf(parameter, "stdout"));
    }

    [Theory]
    [InlineData("parameters", "LD_PRELOAD")]
    [InlineData("parameters", "PATH")]
    [InlineData("parameters", "path")]
    [InlineData("parameters", "a-b")]
    [InlineData("parameters", "1a")]
    [InlineData("parameters", "")]
    [InlineData("env", "LD_LIBRARY_PATH")]
    [InlineData("env", "BASH_ENV")]
    [InlineData("env", "EX_RUN_ID")]
    [InlineData("env", "A=B")]
    public async Task A_name_that_could_make_others_code_run_is_refused(string key, string name)
    {
        var input = Running.Input("""{"args": ["true"]}""").With(key, Value.Map.Empty.With(name, Value.Of("x")));

        Assert.Equal("input.pattern", (await Running.ShellAsync(input.ToString())).Code);
    }

    [Theory]
    [InlineData("""{}""", "input.missing")]
    [InlineData("""{"args": []}""", "input.missing")]
    [InlineData("""{"args": "ls -l"}""", "input.type")]
    [InlineData("""{"args": ["ls", {}]}""", "input.type")]
    [InlineData("""{"cmd": "ls"}""", "input.shape")]
    [InlineData("""{"cmd": "ls", "shell": true, "args": ["ls"]}""", "input.shape")]
    [InlineData("""{"args": ["ls"], "shell": true}""", "input.shape")]
    [InlineData("""{"args": ["ls"], "output_format": "xml"}""", "input.enum")]
    [InlineData("""{"args": ["ls"], "comand": "x"}""", "input.unknown")]
    [InlineData("""{"args": ["ls", "a\u0000b"]}""", "input.type")]
    public async Task A_wrong_input_is_refused_before_anything_starts(string input, string code)
    {
        Assert.Equal(code, (await Running.ShellAsync(input)).Code);
    }

    [Theory]
    [Trait("lesson", "10.7")]
    [InlineData("""{"args": ["no-such-program"]}""", "no-such-program could not be started: No such file or directory")]
    [InlineData("""{"args": ["/etc/passwd"]}""", "/etc/passwd could not be started: Permission denied")]
    [InlineData("""{"args": ["ls"], "cwd": "/no/such/folder"}""", "ls could not be started: No such file or directory")]
    public async Task What_cannot_be_started_fails_at_once_with_the_reason(string input, string error)
    {
        var outcome = await Running.ShellAsync(input);

        Assert.Equal((SlotStatus.Failed, error), (outcome.Status, outcome.Error));
    }

    [Fact]
    [Trait("lesson", "10.12")]
    public async Task A_program_sees_only_what_it_is_given_and_its_parameters_are_on_no_command_line()
    {
        Environment.SetEnvironmentVariable("WORKER_ONLY", "worker-secret");
        var outcome = await Running.ShellAsync(
            """
            {"cmd": "env; tr '\\0' ' ' < /proc/$$/cmdline", "shell": true,
             "env": {"MINE": "1"}, "parameters": {"token": "canary", "list": [1, "a"]}}
            """);

        var lines = TextOf(outcome, "stdout").Split('\n');
        Assert.Contains("MINE=1", lines);
        Assert.Contains("EX_P_TOKEN=canary", lines);
        Assert.Contains("EX_P_LIST=[1,\"a\"]", lines);
        Assert.DoesNotContain(lines, line => line.Contains("worker-secret"));
        Assert.DoesNotContain("canary", lines[^1]);
        Assert.Contains("/bin/sh", lines[^1]);
        string[] known = ["PATH", "HOME", "LANG", "TZ", "TMPDIR", "PWD", "OLDPWD", "SHLVL", "_", "MINE"];
        Assert.All(lines[..^1], line => Assert.True(
            line.StartsWith("EX_", StringComparison.Ordinal) || known.Contains(line.Split('=')[0]), line));
    }

    [Fact]
    public async Task A_program_knows_its_attempt()
    {
        await using var running = new Running();
        var request = running.Begin("core.shell", Running.Input(
            """{"cmd": "echo $EX_IDEMPOTENCY_KEY $EX_RUN_ID $EX_TASK $EX_ITEM $EX_ATTEMPT", "shell": true}"""));

        var outcome = await running.RunAsync(request);

        Assert.Equal($"{request.Id} run-1 build {request.Slot.Item} 1\n", TextOf(outcome, "stdout"));
    }

    [Fact]
    public async Task A_program_ignores_and_blocks_no_signal_because_its_worker_does()
    {
        var outcome = await Running.ShellAsync("""{"args": ["grep", "-E", "Sig(Ign|Blk)", "/proc/self/status"]}""");

        // Beyond the standard signals are those that the C library keeps for itself.
        var masks = TextOf(outcome, "stdout").Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => Convert.ToUInt64(line.Split('\t')[1], 16) & 0x7FFF_FFFF);
        Assert.Equal([0UL, 0UL], masks);
    }

    [Fact]
    public async Task Standard_input_and_folder_are_handed_over()
    {
        var outcome = await Running.ShellAsync(
            """{"cmd": "cat; pwd", "shell": true, "stdin": "in\n", "cwd": "/usr"}""");
        var json = await Running.ShellAsync("""{"args": ["cat"], "stdin": {"a": [1]}}""");
        var empty = await Running.ShellAsync("""{"args": ["cat"]}""");

        Assert.Equal("in\n/usr\n", TextOf(outcome, "stdout"));
        Assert.Equal("""{"a":[1]}""", TextOf(json, "stdout"));
        Assert.Equal(SlotStatus.Completed, empty.Status);
    }

    [Fact]
    public async Task The_last_line_of_output_is_shown_while_the_program_runs()
    {
        var listener = new Listener();
        await using var running = new Running(observer: listener);
        var request = running.Begin("core.shell", Running.Input(
            """{"cmd": "echo one; echo two; exec sleep 600", "shell": true}"""));

        await Wait.UntilAsync(() => listener.Lines.LastOrDefault() == "two", "the line is shown");

        running.Link.Cancel(request);
        var outcome = await running.RunAsync(request);
        Assert.Equal((SlotStatus.Cancelled, "one\ntwo\n"), (outcome.Status, TextOf(outcome, "stdout")));
    }

    private static string TextOf(ItemOutcome outcome, string key)
    {
        Assert.True(((Value.Map)outcome.Result).TryGet(key, out var value), $"{key} is missing in {outcome.Result}");
        return value is Value.Text text ? text.Content : value.ToString();
    }
}
