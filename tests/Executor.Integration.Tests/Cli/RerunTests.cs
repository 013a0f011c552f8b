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

    private async Task<JsonElement> JsonAsync(int exitCode, params string[] arguments)
    {
        var ended = await _scratch.RunAsync(arguments);
        Assert.True(exitCode == ended.ExitCode, ended.Error);
        return JsonDocument.Parse(ended.Output).RootElement;
    }
}
