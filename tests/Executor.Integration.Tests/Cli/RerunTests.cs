using System.Text.Json;

namespace Executor.Integration.Tests.Cli;

/// <summary>A run that has ended is run once more, as it was.</summary>
[Trait("lesson", "5.9")]
public sealed class RerunTests : IDisposable
{
    private const string Main =
        """
        ref: test.main
        parameters: {word: {type: string, required: true}}
        tasks:
          - name: mark
            action: core.shell
            input: {argv: [sh, -c, 'echo "$1" >> marks.txt; test -e good', x, "{{ parameters.word }}"]}
            next: [{when: succeeded(), do: call}]
          - {name: call, action: child.yaml}
        output_map: {was: "{{ task.call.was }}"}
        """;

    private const string Child = "ref: lib.child\ntasks: [{name: a, action: core.noop}]\noutput_map: {was: VALUE}";

    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task With_the_same_workflow_and_inputs_whatever_the_file_says_by_now()
    {
        _scratch.Write("main.yaml", Main);
        _scratch.Write("child.yaml", Child.Replace("VALUE", "first", StringComparison.Ordinal));
        var failed = await JsonAsync(1, "run", "main.yaml", "-p", "word=hello", "-o", "json");
        var first = failed.GetProperty("run_id").GetString()!;
        _scratch.Write("main.yaml", "tasks: [{name: other, action: core.noop}]");
        _scratch.Write("good", "");

        var again = await JsonAsync(0, "rerun", first[..^1], "-o", "json");

        Assert.Equal("first", again.GetProperty("output").GetProperty("was").GetString());
        Assert.Equal(first, again.GetProperty("origin").GetString());
        Assert.NotEqual(first, again.GetProperty("run_id").GetString());
        Assert.Equal(["hello", "hello"], _scratch.Read("marks.txt").Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains($"rerun of: {first}", (await _scratch.RunAsync("show", again.GetProperty("run_id").GetString()!)).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_it_has_called_is_what_it_was()
    {
        _scratch.Write("main.yaml", Main);
        _scratch.Write("child.yaml", Child.Replace("VALUE", "first", StringComparison.Ordinal));
        _scratch.Write("good", "");
        var first = await JsonAsync(0, "run", "main.yaml", "-p", "word=hello", "-o", "json");
        _scratch.Write("child.yaml", Child.Replace("VALUE", "second", StringComparison.Ordinal));

        var again = await JsonAsync(0, "rerun", first.GetProperty("run_id").GetString()!, "-o", "json");

        Assert.Equal("first", again.GetProperty("output").GetProperty("was").GetString());
    }

    [Fact]
    public async Task From_a_task_with_what_the_others_did()
    {
        _scratch.Write("main.yaml", """
            ref: test.part
            tasks:
              - name: first
                action: core.shell
                input: {argv: [sh, -c, 'echo first >> marks.txt']}
                next: [{when: succeeded(), publish: [{n: 5}], do: [second, third]}]
              - {name: second, action: core.shell, input: {argv: [sh, -c, 'echo second >> marks.txt; test -e good']}}
              - {name: third, action: core.shell, input: {argv: [sh, -c, 'echo third >> marks.txt']}}
            output_map: {n: "{{ workflow.n }}"}
            """);
        var first = (await JsonAsync(1, "run", "main.yaml", "-o", "json")).GetProperty("run_id").GetString()!;
        _scratch.Write("good", "");

        var again = await JsonAsync(0, "rerun", first, "--from", "second", "-o", "json");

        Assert.Equal(["first", "second", "second", "third"], Marks());
        Assert.Equal(5, again.GetProperty("output").GetProperty("n").GetInt32());
        Assert.Equal(
            ["first True 0", "second False 1", "third True 0"],
            again.GetProperty("tasks").EnumerateArray().Select(task =>
                $"{task.GetProperty("task")} {task.GetProperty("is_kept")} {task.GetProperty("dispatches")}").Order());
        var id = again.GetProperty("run_id").GetString()!;
        Assert.Contains("completed (kept)", (await _scratch.RunAsync("show", id)).Output, StringComparison.Ordinal);
        Assert.Contains($"kept from run {first}", (await _scratch.RunAsync("explain", id, "first")).Output, StringComparison.Ordinal);
        Assert.Equal(0, (await _scratch.RunAsync("history", id)).ExitCode);
    }

    [Fact]
    public async Task Only_the_failed_items()
    {
        _scratch.Write("main.yaml", """
            ref: test.items
            tasks:
              - name: each
                action: core.shell
                with_items: [a, b, c]
                input: {argv: [sh, -c, 'echo "$1" >> marks.txt; test "$1" != b || test -e good', x, "{{ item }}"]}
            """);
        var first = (await JsonAsync(1, "run", "main.yaml", "-o", "json")).GetProperty("run_id").GetString()!;
        _scratch.Write("good", "");

        var again = await JsonAsync(0, "rerun", first, "--failed-items", "-o", "json");

        Assert.Equal(["a", "b", "b", "c"], Marks());
        var task = Assert.Single(again.GetProperty("tasks").EnumerateArray());
        Assert.Equal((3, 1), (task.GetProperty("items").GetProperty("succeeded").GetInt32(), task.GetProperty("dispatches").GetInt32()));
    }

    [Theory]
    [InlineData("rerun.unknown-task", "--from", "frist")]
    [InlineData("rerun.no-items", "--failed-items")]
    public async Task What_cannot_run_again_is_refused_with_a_code_and_advice(string code, params string[] what)
    {
        _scratch.Write("main.yaml", "tasks: [{name: first, action: core.noop}]");
        var first = (await JsonAsync(0, "run", "main.yaml", "-o", "json")).GetProperty("run_id").GetString()!;

        var refused = await _scratch.RunAsync(["rerun", first, .. what]);

        Assert.Equal(2, refused.ExitCode);
        Assert.Contains(code, refused.Error, StringComparison.Ordinal);
    }

    private IEnumerable<string> Marks() =>
        _scratch.Read("marks.txt").Split('\n', StringSplitOptions.RemoveEmptyEntries).Order();

    private async Task<JsonElement> JsonAsync(int exitCode, params string[] arguments)
    {
        var ended = await _scratch.RunAsync(arguments);
        Assert.True(exitCode == ended.ExitCode, ended.Error);
        return JsonDocument.Parse(ended.Output).RootElement;
    }
}
