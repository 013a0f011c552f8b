using System.Text.Json;

namespace Executor.Integration.Tests.Cli;

/// <summary>What authors ask about a file besides whether it is right.</summary>
public sealed class AuthoringTests : IDisposable
{
    private const string Drawn = """
        ref: test.drawn
        label: 'Draw "me": <all>'
        vars: {limit: 3}
        tasks:
          - name: fetch
            action: x.fetch
            with_items: "{{ [1, 2] }}"
            concurrency: 2
            retry: {count: 2}
            next:
              - when: succeeded() and length(result()) > workflow.limit
                publish: {rows: "{{ result() }}", n: 1}
                do: [merge, end-of-all]
              - when: "{{ error() == 'a \"b\" | c' }}"
                do: retry
              - when: failed()
                do: fail
          - name: other
            action: "x.{{ workflow.limit }}"
            when: "workflow.limit > 1"
            next: [{do: "merge, noop"}]
          - name: merge
            join: all
            action: x.merge
          - name: end-of-all
            join: 1
            with: x in [1]
            action: x.end

        """;

    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Theory]
    [InlineData("graph.mermaid")]
    [InlineData("graph.dot", "-o", "dot")]
    public async Task A_graph_shows_tasks_joins_items_commands_and_conditions(string golden, params string[] options)
    {
        var ended = await _scratch.RunAsync(["graph", _scratch.Write("drawn.yaml", Drawn), .. options]);

        Assert.Equal((0, ""), (ended.ExitCode, ended.Error));
        Golden.Check(golden, ended.Output);
    }

    [Fact]
    public async Task A_file_with_problems_is_not_drawn()
    {
        var ended = await _scratch.RunAsync("graph", _scratch.Write("bad.yaml", "tasks: [{name: a}]"));

        Assert.Equal((2, ""), (ended.ExitCode, ended.Output));
        Assert.Contains("bad.yaml:1:9: error spec.missing", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_schema_is_json_for_editors()
    {
        var ended = await _scratch.RunAsync("schema");

        Assert.Equal((0, ""), (ended.ExitCode, ended.Error));
        using var json = JsonDocument.Parse(ended.Output);
        Assert.Equal("https://json-schema.org/draft/2020-12/schema", json.RootElement.GetProperty("$schema").GetString());
        Assert.True(json.RootElement.GetProperty("$defs").GetProperty("task").GetProperty("properties").TryGetProperty("with_items", out _));
    }
}
