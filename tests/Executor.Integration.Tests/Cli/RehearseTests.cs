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
