using System.Text.Json;

namespace Executor.Integration.Tests.Cli;

public sealed class RehearseTests : IDisposable
{
    private const string Workflow = """
        parameters: {hosts: {type: array, required: true}}
        tasks:
          - name: probe
            action: net.probe
            with_items: "{{ parameters.hosts }}"
            concurrency: 2
            retry: {count: 1, delay: 1.5}
            input: {host: "{{ item }}"}
            next:
              - {when: "{{ succeeded() }}", do: done}
              - {when: "{{ failed() }}", publish: [{bad: "{{ error() }}"}], do: alarm}
          - name: done
            action: core.noop
          - name: alarm
            action: mail.send
            input: {text: "{{ workflow.bad }}"}
        output_map: {bad: "{{ workflow.bad }}"}

        """;

    private const string Script = """
        inputs: {hosts: [a, b, c]}
        script:
          tasks:
            probe:
              - items:
                  - {result: up}
                  - {status: failed, error: no answer}
        order: lifo

        """;

    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task The_report_is_as_published_and_the_same_each_time()
    {
        var file = _scratch.Write("probe.yaml", Workflow);
        var script = _scratch.Write("script.yaml", Script);

        var ended = await _scratch.RunAsync("rehearse", file, "--script", script, "-o", "json");
        var again = await _scratch.RunAsync("rehearse", file, "--script", script, "-o", "json");

        Assert.Equal((0, ""), (ended.ExitCode, ended.Error));
        Assert.Equal(ended.Output, again.Output);
        Golden.Check("rehearse.json", ended.Output);
        Assert.False(Directory.Exists(Path.Combine(_scratch.Folder, ".executor")));
    }

    [Fact]
    public async Task What_goes_otherwise_than_the_script_expects_is_1()
    {
        var file = _scratch.Write("probe.yaml", Workflow);
        var expected = _scratch.Write("as.yaml", Script + "expect: {status: completed, dispatches: {probe: 4}, not_run: done}\n");
        var unexpected = _scratch.Write("not.yaml", Script + "expect: {status: [failed, timeout], output: {bad: x}}\n");

        var good = await _scratch.RunAsync("rehearse", file, "--script", expected, "-o", "json");
        var bad = await _scratch.RunAsync("rehearse", file, "--script", unexpected, "-o", "json");

        Assert.Equal((0, ""), (good.ExitCode, good.Error));
        Assert.Equal(1, bad.ExitCode);
        using var json = JsonDocument.Parse(bad.Output);
        var told = json.RootElement.GetProperty("unexpected").EnumerateArray().Select(one => one.GetString()!).ToList();
        Assert.Equal("It ended completed, not failed or timeout.", told[0]);
        Assert.StartsWith("The output 'bad' is ", told[1], StringComparison.Ordinal);
        Assert.Equal(told.Select(one => $"unexpected: {one}"), bad.Error.TrimEnd().Split('\n'));
    }

    [Theory]
    [InlineData("expect: {status: done}", "spec.value")]
    [InlineData("expect: {dispatches: {probe: many}}", "spec.value")]
    [InlineData("expect: {output: 5}", "spec.type")]
    [InlineData("expect: {state: failed}", "spec.unknown-key")]
    [InlineData("expect: {not_run: [[a]]}", "spec.type")]
    public async Task An_expectation_that_says_nothing_is_a_mistake_of_the_script(string line, string code)
    {
        var file = _scratch.Write("probe.yaml", Workflow);

        var ended = await _scratch.RunAsync("rehearse", file, "--script", _scratch.Write("s.yaml", Script + line));

        Assert.Equal(2, ended.ExitCode);
        Assert.Contains($"error {code}", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Exploring_tells_the_seed_that_shows_a_join_that_waits_for_ever()
    {
        var file = _scratch.Write("join.yaml", """
            tasks:
              - {name: a, action: x.y, next: [{when: succeeded(), do: j}, {when: failed(), do: noop}]}
              - {name: b, action: x.y, next: [{do: j}]}
              - {name: j, join: all, action: x.y}

            """);
        var script = _scratch.Write("s.yaml", "{}");

        var found = await _scratch.RunAsync("rehearse", file, "--script", script, "--explore", "100", "--seed", "3", "-o", "json");
        var text = await _scratch.RunAsync("rehearse", file, "--script", script, "--explore", "100", "--seed", "3");
        var orders = await _scratch.RunAsync("rehearse", file, "--script", script, "--explore", "20", "--failures", "0");

        Assert.Equal((1, 1, ""), (found.ExitCode, text.ExitCode, found.Error));
        using var json = JsonDocument.Parse(found.Output);
        Assert.Equal((100, 3), (json.RootElement.GetProperty("trials").GetInt32(), json.RootElement.GetProperty("seed").GetInt32()));
        Assert.Equal(100, json.RootElement.GetProperty("endings").EnumerateObject().Sum(ending => ending.Value.GetInt32()));
        var finding = Assert.Single(json.RootElement.GetProperty("findings").EnumerateArray());
        var seed = finding.GetProperty("seed").GetInt64();
        Assert.Contains($"seed {seed}, {finding.GetProperty("times").GetInt32()} of 100 trials:\n  Join 'j' waits", text.Output, StringComparison.Ordinal);
        Assert.Matches("^explored 20 trials from seed [0-9]+: 20 completed\nnothing unexpected\n$", orders.Output);
        Assert.Equal(0, orders.ExitCode);

        var again = await _scratch.RunAsync("rehearse", file, "--script", script, "--explore", "1", "--seed", $"{seed}");
        Assert.Equal(1, again.ExitCode);
    }

    [Theory]
    [InlineData("--failures", "2")]
    [InlineData("--may-fail", "nobody")]
    public async Task An_exploration_that_cannot_be_is_2(params string[] options)
    {
        var file = _scratch.Write("probe.yaml", Workflow);
        var script = _scratch.Write("s.yaml", Script);

        var ended = await _scratch.RunAsync(["rehearse", file, "--script", script, "--explore", "2", .. options]);

        Assert.Equal((2, ""), (ended.ExitCode, ended.Output));
        Assert.Contains("error cli.usage", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_script_says_in_vain_and_conditions_without_a_value_are_warnings()
    {
        var file = _scratch.Write("fetch.yaml", """
            tasks:
              - name: fetch
                action: x.y
                next: [{when: result().code == 5, do: fail}, {when: failed(), do: noop}]

            """);
        var script = _scratch.Write("s.yaml", "script: {tasks: {fetch: [{status: failed}, {}]}}");

        var json = await _scratch.RunAsync("rehearse", file, "--script", script, "-o", "json");
        var text = await _scratch.RunAsync("rehearse", file, "--script", script);
        var explored = await _scratch.RunAsync("rehearse", file, "--script", script, "--explore", "5", "-o", "json");
        var told = await _scratch.RunAsync("rehearse", file, "--script", script, "--explore", "5");

        Assert.Equal((0, 0, 0, 0), (json.ExitCode, text.ExitCode, explored.ExitCode, told.ExitCode));
        using var report = JsonDocument.Parse(json.Output);
        var warnings = report.RootElement.GetProperty("warnings").EnumerateArray().ToList();
        Assert.Equal(["condition.error", "rehearsal.never-asked"], warnings.Select(one => one.GetProperty("code").GetString()));
        Assert.All(warnings, one => Assert.Equal("warning", one.GetProperty("severity").GetString()));
        Assert.Contains("warning condition.error: task 'fetch': The condition of transition 1", text.Output, StringComparison.Ordinal);
        Assert.Contains(
            "warning rehearsal.never-asked: Scripted but never asked for: task 'fetch', visit 2.\n", text.Output, StringComparison.Ordinal);
        using var found = JsonDocument.Parse(explored.Output);
        Assert.Equal(
            ["task 'fetch', visit 2"],
            found.RootElement.GetProperty("never_asked").EnumerateArray().Select(one => one.GetString()));
        Assert.StartsWith("scripted but never asked for: task 'fetch', visit 2\nexplored", told.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("script: {tasks: {ask: [{answer: 3}]}}", "s.yaml:1:33: error inquiry.invalid: The answer for 'ask' (ask/1/1): ")]
    [InlineData("{}", "error rehearsal.unanswered: The question of 'ask' (ask/1/1) waits for an answer for ever")]
    [InlineData("script: {tasks: {aks: [{answer: 3}]}}", "s.yaml:1:18: error task.unknown-target: 'ask' has no task 'aks'. Did you mean 'ask'?")]
    public async Task A_question_that_the_script_does_not_answer_is_2_and_says_where(string script, string line)
    {
        var file = _scratch.Write("ask.yaml", "tasks: [{name: ask, action: core.ask, input: {prompt: Well?, options: [1, 2]}}]\n");

        var path = _scratch.Write("s.yaml", script);

        var once = await _scratch.RunAsync("rehearse", file, "--script", path, "-o", "json");
        var often = await _scratch.RunAsync("rehearse", file, "--script", path, "--explore", "3");

        Assert.Contains(line, once.Error, StringComparison.Ordinal);
        AssertRefused(once, line.Split("error ")[1].Split(':')[0]);
        Assert.Equal((2, once.Error), (often.ExitCode, often.Error));
    }

    [Fact]
    public async Task The_script_in_the_readme_goes_as_it_says()
    {
        var readme = await File.ReadAllTextAsync(Path.Combine(Golden.Root, "README.md"));
        var start = readme.IndexOf("# deploy.script.yaml", StringComparison.Ordinal);
        var script = _scratch.Write("deploy.script.yaml", readme[start..readme.IndexOf("```", start, StringComparison.Ordinal)]);
        var file = Path.Combine(Golden.Root, "src", "Executor.Host", "samples", "deploy.yaml");

        var once = await _scratch.RunAsync("rehearse", file, "--script", script);
        var often = await _scratch.RunAsync("rehearse", file, "--script", script, "--explore", "100", "--failures", "0");

        Assert.Equal((0, "", 0), (once.ExitCode, once.Error, often.ExitCode));
    }

    [Fact]
    public async Task People_get_a_table()
    {
        var ended = await _scratch.RunAsync(
            "rehearse", _scratch.Write("probe.yaml", Workflow), "--script", _scratch.Write("script.yaml", Script));

        Assert.Equal((0, ""), (ended.ExitCode, ended.Error));
        Golden.Check("rehearse.txt", ended.Output);
    }

    [Theory]
    [InlineData("{}", "input.missing")]
    [InlineData("order: [", "yaml.syntax")]
    [InlineData("ordre: fifo", "spec.unknown-key")]
    public async Task A_script_that_cannot_be_played_is_refused_with_2(string script, string code)
    {
        var ended = await _scratch.RunAsync(
            "rehearse", _scratch.Write("probe.yaml", Workflow), "--script", _scratch.Write("s.yaml", script), "-o", "json");

        AssertRefused(ended, code);
    }

    [Fact]
    public async Task A_workflow_with_problems_is_refused_with_2()
    {
        var file = _scratch.Write("bad.yaml", Workflow.Replace("do: done", "do: dune", StringComparison.Ordinal));

        var ended = await _scratch.RunAsync(
            "rehearse", file, "--script", _scratch.Write("s.yaml", Script), "-o", "json");

        AssertRefused(ended, "task.unknown-target");
    }

    [Fact]
    public async Task A_failed_run_is_still_a_rehearsal_that_went_well()
    {
        var ended = await _scratch.RunAsync(
            "rehearse", _scratch.Write("probe.yaml", Workflow), "--script",
            _scratch.Write("s.yaml", "inputs: {hosts: [a]}\nscript: {default: {status: failed}}"), "-o", "json");

        Assert.Equal(0, ended.ExitCode);
        using var json = JsonDocument.Parse(ended.Output);
        Assert.Equal("failed", json.RootElement.GetProperty("status").GetString());
    }

    private static void AssertRefused(Ended ended, string code)
    {
        Assert.Equal(2, ended.ExitCode);
        using var json = JsonDocument.Parse(ended.Output);
        Assert.Equal("refused", json.RootElement.GetProperty("status").GetString());
        Assert.Contains(
            json.RootElement.GetProperty("problems").EnumerateArray(),
            problem => problem.GetProperty("code").GetString() == code);
        Assert.Contains(code, ended.Error, StringComparison.Ordinal);
    }
}
