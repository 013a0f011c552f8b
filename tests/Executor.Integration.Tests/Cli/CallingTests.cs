using System.Text.Json;

namespace Executor.Integration.Tests.Cli;

/// <summary>Workflows in files that call workflows in other files.</summary>
public sealed class CallingTests : IDisposable
{
    private const string Main =
        """
        tasks:
          - name: call
            action: parts/child.yaml
            with_items: [a, b]
            input: {what: "{{ item }}"}
        output_map: {all: "{{ map(task.call, 'was') }}"}
        """;

    private const string Child =
        """
        ref: lib.child
        parameters: {what: {type: string, required: true}}
        tasks:
          - name: work
            action: core.shell
            idempotent: true
            input: {argv: [sh, -c, 'echo "$1" >> "$2"; while [ ! -e "$2.go" ]; do sleep 0.02; done', x, "{{ parameters.what }}", MARKS]}
        output_map: {was: "{{ parameters.what }}"}
        """;

    private readonly Scratch _scratch = new();

    public CallingTests()
    {
        Directory.CreateDirectory(Path.Combine(_scratch.Folder, "flows", "parts"));
        _scratch.Write("flows/main.yaml", Main);
        _scratch.Write("flows/parts/child.yaml", Child.Replace("MARKS", Marks, StringComparison.Ordinal));
    }

    private string Marks => Path.Combine(_scratch.Folder, "marks");

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task A_file_is_called_by_its_path_from_the_first_and_show_tells_who_has_called_whom()
    {
        Go();

        var run = await JsonAsync(0, "run", "flows/main.yaml", "-o", "json");

        Assert.Equal("""{"all":["a","b"]}""", run.GetProperty("output").GetRawText().Replace(" ", "").Replace("\n", ""));
        var id = run.GetProperty("run_id").GetString()!;
        var tree = await JsonAsync(0, "show", id, "--tree", "-o", "json");
        var called = tree.GetProperty("children").EnumerateArray().Select(one => one.GetProperty("run_id").GetString()!).ToList();
        Assert.Equal(2, called.Count);
        var child = await JsonAsync(0, "show", called[1], "-o", "json");
        Assert.Equal(id, child.GetProperty("parent").GetProperty("run_id").GetString());
        Assert.Equal(1, child.GetProperty("parent").GetProperty("item").GetInt32());
        Assert.Equal(JsonValueKind.Null, run.GetProperty("parent").ValueKind);
        var people = await _scratch.RunAsync("show", id, "--tree");
        Assert.Matches($@"^main completed .*{id}\n├─ call\S* lib.child completed .*\n└─ call\S* lib.child completed .*\n$", people.Output);
    }

    [Fact]
    public async Task Killed_in_the_middle_resume_goes_on_with_what_was_called_and_finds_the_file_from_anywhere()
    {
        using (var process = Executable.Start(_scratch.Folder, "run", "flows/main.yaml"))
        {
            _ = process.StandardError.ReadToEndAsync();
            _ = process.StandardOutput.ReadToEndAsync();
            await Waiting.ForAsync(() => File.Exists(Marks), "the first called run");
            process.Kill();
            await process.WaitForExitAsync();
        }

        Go();
        Directory.CreateDirectory(Path.Combine(_scratch.Folder, "elsewhere"));
        var resumed = await Executable.RunAsync(
            Path.Combine(_scratch.Folder, "elsewhere"), "resume", "--data", "../.executor", "-o", "json");

        Assert.True(resumed.ExitCode == 0, resumed.Error);
        using var run = JsonDocument.Parse(resumed.Output);
        Assert.Equal("completed", run.RootElement.GetProperty("status").GetString());
        var runs = await JsonAsync(0, "runs", "-o", "json");
        Assert.Equal(3, runs.GetArrayLength());
        Assert.All(runs.EnumerateArray(), one => Assert.Equal("completed", one.GetProperty("status").GetString()));
        Assert.Contains("nothing is unfinished", (await _scratch.RunAsync("resume")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_wrong_in_a_called_file_or_in_its_inputs_refuses_the_run_with_the_place()
    {
        _scratch.Write("flows/main.yaml", Main.Replace("{what:", "{wat:", StringComparison.Ordinal));
        var input = await _scratch.RunAsync("run", "flows/main.yaml");
        _scratch.Write("flows/main.yaml", Main);
        _scratch.Write("flows/parts/child.yaml", "tasks: [{name: a, action: core.noop, next: [{do: nowhere}]}]");
        var broken = await _scratch.RunAsync("check", "flows/main.yaml");
        _scratch.Write("flows/main.yaml", Main.Replace("child.yaml", "none.yaml", StringComparison.Ordinal));
        var missing = await _scratch.RunAsync("run", "flows/main.yaml");

        Assert.Equal((2, 1, 2), (input.ExitCode, broken.ExitCode, missing.ExitCode));
        Assert.Contains("error input.missing: parts/child.yaml in task 'call'", input.Error, StringComparison.Ordinal);
        Assert.Contains("child.yaml:1:", broken.Output, StringComparison.Ordinal);
        Assert.Contains("error action.unknown: There is no workflow in a file 'parts/none.yaml'", missing.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Depth_is_bounded_by_a_setting_and_a_wrong_bound_is_named()
    {
        _scratch.Write("again.yaml", "tasks: [{name: again, action: again.yaml}]");

        using var bounded = Executable.StartWith(
            new Dictionary<string, string> { ["EXECUTOR__LIMITS__MAX_DEPTH"] = "2" }, _scratch.Folder, "run", "again.yaml", "-o", "json");
        var ended = await Executable.EndAsync(bounded);
        using var wrong = Executable.StartWith(
            new Dictionary<string, string> { ["EXECUTOR__LIMITS__MAX_DEPTH"] = "0" }, _scratch.Folder, "run", "again.yaml");
        var refused = await Executable.EndAsync(wrong);

        Assert.Equal((1, 2), (ended.ExitCode, refused.ExitCode));
        using var run = JsonDocument.Parse(ended.Output);
        var deepest = await JsonAsync(0, "show", run.RootElement.GetProperty("run_id").GetString()!, "--tree", "-o", "json");
        var depth = 0;
        for (; deepest.GetProperty("children").GetArrayLength() > 0; depth++)
        {
            deepest = deepest.GetProperty("children")[0];
        }

        Assert.Equal(2, depth);
        var shown = await _scratch.RunAsync("show", deepest.GetProperty("run_id").GetString()!);
        Assert.Contains("but 2 runs have called each other already", shown.Output, StringComparison.Ordinal);
        Assert.Contains("EXECUTOR__LIMITS__MAX_DEPTH is '0'; expected a whole number from 1 to 1000", refused.Error, StringComparison.Ordinal);
    }

    private void Go() => File.WriteAllText(Marks + ".go", "");

    private async Task<JsonElement> JsonAsync(int exitCode, params string[] arguments)
    {
        var ended = await _scratch.RunAsync(arguments);
        Assert.True(ended.ExitCode == exitCode, ended.Output + ended.Error);
        using var json = JsonDocument.Parse(ended.Output);
        return json.RootElement.Clone();
    }
}
