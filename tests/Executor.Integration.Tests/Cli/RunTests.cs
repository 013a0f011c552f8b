using System.Text.Json;
using System.Text.RegularExpressions;

namespace Executor.Integration.Tests.Cli;

public sealed class RunTests : IDisposable
{
    private const string Typed = """
        parameters:
          n: {type: integer, required: true, minimum: 1}
          names: {type: array, default: []}
          text: {type: string, default: none}
        tasks:
          - name: each
            action: core.echo
            with_items: "{{ parameters.names }}"
            input: {name: "{{ item }}"}
            next: [{do: last}]
          - name: last
            action: core.echo
            input: {n: "{{ parameters.n }}"}
        output_map:
          n: "{{ parameters.n }}"
          names: "{{ parameters.names }}"
          text: "{{ parameters.text }}"

        """;

    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task Standard_output_carries_the_result_and_nothing_else()
    {
        var ended = await _scratch.RunAsync(
            "run", _scratch.Write("typed.yaml", Typed), "-p", "n=3", "-p", "names=[\"a\", \"b\"]", "-o", "json");

        Assert.Equal(0, ended.ExitCode);
        var text = Regex.Replace(ended.Output, "\"run_id\": \"[0-9a-f]{16}\"", "\"run_id\": \"ID\"");
        Golden.Check("run.json", Regex.Replace(text, "_at\": \"[0-9T:.-]+Z\"", "_at\": \"TIME\""));
        Assert.Contains("worker in this process", ended.Error, StringComparison.Ordinal);
        Assert.Contains("each: completed, 2/2 items", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tasks_of_all_pools_are_done_where_there_is_only_one_worker()
    {
        const string Pools = "tasks: [{name: a, action: core.echo, pool: gpu, next: [{do: b}]}, {name: b, action: core.echo, pool: '{{ \"night\" }}'}]";

        var ended = await _scratch.RunAsync("run", _scratch.Write("pools.yaml", Pools));

        Assert.Equal(0, ended.ExitCode);
        Assert.Contains("b: completed", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_data_directory_may_have_any_name()
    {
        const string Data = "it's; \"my\" = $data\\ %7";
        var ended = await _scratch.RunAsync("run", _scratch.Write("typed.yaml", Typed), "-p", "n=3", "--data", Data);
        var shown = await _scratch.RunAsync("runs", "--data", Data);

        Assert.Equal(0, ended.ExitCode);
        Assert.Contains("completed", shown.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_table_for_people_names_tasks_status_and_output()
    {
        var ended = await _scratch.RunAsync("run", _scratch.Write("typed.yaml", Typed), "-p", "n=3");

        Assert.Equal(0, ended.ExitCode);
        Assert.Matches("(?m)^last +1 +completed", ended.Output);
        Assert.Contains("status: completed\n", ended.Output, StringComparison.Ordinal);
        Assert.Contains("output: {\"n\":3,\"names\":[],\"text\":\"none\"}\n", ended.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Single_parameters_go_before_those_of_the_file_and_are_read_by_their_type()
    {
        _scratch.Write("given.json", """{"n": 5, "text": "from the file", "names": ["x"]}""");

        var ended = await _scratch.RunAsync(
            "run", _scratch.Write("typed.yaml", Typed), "--params", "given.json", "-p", "text=7", "-o", "json");

        Assert.Equal("""{"n":5,"names":["x"],"text":"7"}""", Output(ended));
    }

    [Theory]
    [InlineData("input.missing")]
    [InlineData("input.type", "-p", "n=three")]
    [InlineData("input.range", "-p", "n=0")]
    [InlineData("input.unknown", "-p", "n=1", "-p", "nmaes=[]")]
    [InlineData("cli.parameter", "-p", "n")]
    [InlineData("cli.parameter", "-p", "n=3", "-p", "n=4")]
    [InlineData("cli.usage", "-p", "n=1", "--timeout", "soon")]
    [InlineData("file.none", "--params", "none.json")]
    public async Task What_is_refused_is_2_with_its_code_and_leaves_no_run(string code, params string[] arguments)
    {
        var ended = await _scratch.RunAsync(["run", _scratch.Write("typed.yaml", Typed), .. arguments]);

        Assert.Equal((2, ""), (ended.ExitCode, ended.Output));
        Assert.Contains($"error {code}: ", ended.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", ended.Error, StringComparison.Ordinal);
        var runs = await _scratch.RunAsync("runs", "-o", "json");
        Assert.True(runs.ExitCode == 2 || runs.Output == "[]\n", runs.Output);
    }

    [Fact]
    public async Task A_workflow_with_problems_is_refused_with_all_of_them()
    {
        var file = _scratch.Write("bad.yaml", "tasks:\n  - name: a\n    action: core.noop\n    next: [{do: x}, {do: y}]\n");

        var ended = await _scratch.RunAsync("run", file, "-o", "json");

        Assert.Equal(2, ended.ExitCode);
        using var json = JsonDocument.Parse(ended.Output);
        Assert.Equal("refused", json.RootElement.GetProperty("status").GetString());
        Assert.Equal(2, json.RootElement.GetProperty("problems").GetArrayLength());
        Assert.Contains("bad.yaml:4:17: error task.unknown-target", ended.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(_scratch.Folder, ".executor")));
    }

    [Fact]
    public async Task A_params_file_that_is_no_json_is_refused_with_its_place()
    {
        _scratch.Write("broken.json", "{\"n\": 1,\n  oops}");

        var ended = await _scratch.RunAsync(
            "run", _scratch.Write("typed.yaml", Typed), "--params", "broken.json");

        Assert.Equal(2, ended.ExitCode);
        Assert.Contains("broken.json:2:3: error cli.params", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_directory_is_no_workflow()
    {
        Directory.CreateDirectory(Path.Combine(_scratch.Folder, "folder"));

        var ended = await _scratch.RunAsync("run", "folder");

        Assert.Equal((2, ""), (ended.ExitCode, ended.Output));
        Assert.Equal("error file.unreadable: folder is a directory\n  name the file itself\n", ended.Error);
    }

    [Theory]
    [InlineData("journal.db")]
    [InlineData("executor.db")]
    public async Task A_data_directory_that_cannot_be_used_is_named_as_the_cause(string file)
    {
        Directory.CreateDirectory(Path.Combine(_scratch.Folder, ".executor", file));

        var ended = await _scratch.RunAsync("run", _scratch.Write("typed.yaml", Typed), "-p", "n=1");

        Assert.Equal((2, ""), (ended.ExitCode, ended.Output));
        Assert.StartsWith("error data.unusable: ", ended.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_to_resume_is_said_and_nothing_is_printed()
    {
        await _scratch.RunAsync("run", _scratch.Write("typed.yaml", Typed), "-p", "n=1");

        var ended = await _scratch.RunAsync("resume");

        Assert.Equal((0, "", "nothing is unfinished\n"), (ended.ExitCode, ended.Output, ended.Error));
    }

    [Fact]
    public async Task A_failed_run_is_1_and_says_which_task()
    {
        var file = _scratch.Write("fails.yaml", """
            tasks:
              - name: breaks
                action: core.fail
                input: {message: "no \e[31mway"}
            """);

        var ended = await _scratch.RunAsync("run", file);

        Assert.Equal(1, ended.ExitCode);
        Assert.Contains("status: failed\n", ended.Output, StringComparison.Ordinal);
        Assert.Contains("task 'breaks'", ended.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', ended.Output + ended.Error);
    }

    [Fact]
    public async Task An_input_that_its_action_does_not_take_ends_the_visit_before_anything_is_dispatched()
    {
        var file = _scratch.Write("late.yaml", """
            parameters: {n: {type: string, default: soon}}
            tasks: [{name: a, action: core.sleep, input: {seconds: "{{ parameters.n }}"}}]
            """);

        var ended = await _scratch.RunAsync("run", file, "-o", "json");

        Assert.Equal(1, ended.ExitCode);
        using var json = JsonDocument.Parse(ended.Output);
        Assert.Equal(0, json.RootElement.GetProperty("tasks")[0].GetProperty("dispatches").GetInt32());
        Assert.Contains("/seconds Expected number", ended.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_that_takes_too_long_is_1_with_status_timeout()
    {
        var file = _scratch.Write("slow.yaml", "tasks: [{name: a, action: core.sleep, input: {seconds: 60}}]");

        var ended = await _scratch.RunAsync("run", file, "--timeout", "1s", "-o", "json");

        Assert.Equal(1, ended.ExitCode);
        using var json = JsonDocument.Parse(ended.Output);
        Assert.Equal("timeout", json.RootElement.GetProperty("status").GetString());
    }

    private static string Output(Ended ended)
    {
        Assert.Equal(0, ended.ExitCode);
        using var json = JsonDocument.Parse(ended.Output);
        return JsonSerializer.Serialize(json.RootElement.GetProperty("output"));
    }
}
