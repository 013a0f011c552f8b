using System.Text.Json;
using Json.Schema;

namespace Executor.Integration.Tests.Cli;

public sealed class CheckTests : IDisposable
{
    private const string Good = """
        tasks:
          - name: a
            action: core.noop

        """;

    private const string TwoProblems = """
        tasks:
          - name: a
            action: core.noop
            nxt: []
            next:
              - do: bb
          - name: b
            action: core.echo
            input: {message: "{{ 1 + }}"}

        """;

    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task A_clean_file_is_0()
    {
        var ended = await _scratch.RunAsync("check", _scratch.Write("good.yaml", Good));

        Assert.Equal((0, "good.yaml: ok\n", ""), (ended.ExitCode, ended.Output, ended.Error));
    }

    [Theory]
    [MemberData(nameof(Bad))]
    public async Task A_problem_is_1_and_is_told_with_code_and_place(string text, string code, int line, int column)
    {
        var ended = await _scratch.RunAsync("check", _scratch.Write("bad.yaml", text), "-o", "json");

        Assert.Equal((1, ""), (ended.ExitCode, ended.Error));
        using var json = JsonDocument.Parse(ended.Output);
        var problems = json.RootElement.GetProperty("problems").EnumerateArray().Select(problem => (
            problem.GetProperty("code").GetString(),
            problem.GetProperty("line").GetInt32(),
            problem.GetProperty("column").GetInt32()));
        Assert.Contains((code, line, column), problems);
        Assert.All(
            json.RootElement.GetProperty("problems").EnumerateArray(),
            problem => Assert.False(string.IsNullOrEmpty(problem.GetProperty("advice").GetString())));
    }

    public static TheoryData<string, string, int, int> Bad => new()
    {
        { "tasks: [", "yaml.syntax", 1, 9 },
        { "tasks: []\ntasks: []", "yaml.duplicate-key", 2, 1 },
        { "task: []", "spec.unknown-key", 1, 1 },
        { "tasks:\n  - name: a\n    action: core.noop\n    next: [{do: nowhere}]", "task.unknown-target", 4, 17 },
        { "tasks:\n  - {name: a, action: core.noop}\n  - {name: a, action: core.noop}", "task.duplicate", 3, 12 },
        { "tasks:\n  - {name: item, action: core.noop}", "task.reserved", 2, 12 },
        { "tasks:\n  - name: a\n    action: core.noop\n    concurrency: 2", "items.missing", 4, 5 },
        { "tasks:\n  - name: a\n    action: core.noop\n    when: a = 1", "expr.syntax", 4, 13 },
        { "tasks:\n  - name: a\n    action: core.noop\n    input: {x: '{{ no_such(1) }}'}", "expr.unknown-function", 4, 20 },
        { "tasks:\n  - name: a\n    action: core.noop\n    next: [{do: b}]\n  - name: b\n    action: core.noop\n    join: 2", "join.too-many", 7, 5 },
        { "tasks:\n  - {name: a, action: core.noop, next: [{do: a}]}", "workflow.no-entry", 2, 12 },
        { "tasks:\n  - {name: a, action: core.http_request}", "input.missing", 2, 23 },
        { "tasks:\n  - {name: a, action: core.shell, input: {comand: ls}}", "input.unknown", 2, 43 },
    };

    [Fact]
    public async Task All_problems_of_all_files_are_told_at_once()
    {
        var ended = await _scratch.RunAsync(
            "check", _scratch.Write("good.yaml", Good), _scratch.Write("bad.yaml", TwoProblems));

        Assert.Equal(1, ended.ExitCode);
        Golden.Check("check.txt", ended.Output);
    }

    [Fact]
    public async Task For_github_each_problem_is_an_annotation_on_one_line()
    {
        var ended = await _scratch.RunAsync("check", _scratch.Write("a,b.yaml", TwoProblems), "-o", "github");

        Assert.Equal(1, ended.ExitCode);
        Golden.Check("check.github.txt", ended.Output);
    }

    [Theory]
    [InlineData("text", "flows/b.yaml:9:9: warning spec.no-effect: ")]
    [InlineData("github", "::warning file=flows/b.yaml,line=9,col=9,title=spec.no-effect::")]
    [InlineData("sarif", "\"uri\": \"flows/b.yaml\"\n                },\n                \"region\": {\n                  \"startLine\": 9,\n                  \"startColumn\": 9\n")]
    public async Task A_problem_of_a_called_file_is_told_of_that_file(string output, string expected)
    {
        Directory.CreateDirectory(Path.Combine(_scratch.Folder, "flows"));
        _scratch.Write("flows/a.yaml", "tasks: [{name: a, action: b.yaml}]");
        _scratch.Write("flows/b.yaml", """
            tasks:
              - name: a
                action: core.echo
                input:
                  message: >
                    one
                    {{ match('(', 'two') }}
                next:
                  - when: failed()
            """);

        var ended = await _scratch.RunAsync("check", "flows/a.yaml", "-o", output);

        Assert.Equal(1, ended.ExitCode);
        Assert.Contains(expected, ended.Output, StringComparison.Ordinal);
        var pattern = output switch { "github" => "line=7,col=18,", "sarif" => "\"startLine\": 7,", _ => ":7:18: " };
        Assert.Contains(pattern, ended.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_told_with_where_it_was_looked_for()
    {
        Directory.CreateDirectory(Path.Combine(_scratch.Folder, "flows"));
        _scratch.Write("flows/a.yaml", "tasks: [{name: a, action: c.yaml}]");

        var ended = await _scratch.RunAsync("check", "flows/a.yaml");

        Assert.Equal(1, ended.ExitCode);
        Assert.Contains("flows/a.yaml:1:27: error action.unknown", ended.Output, StringComparison.Ordinal);
        Assert.Contains("It was looked for as flows/c.yaml;", ended.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sarif_names_rule_level_file_and_region()
    {
        var ended = await _scratch.RunAsync("check", _scratch.Write("a b.yaml", TwoProblems), "-o", "sarif");

        Assert.Equal(1, ended.ExitCode);
        using var json = JsonDocument.Parse(ended.Output);
        var run = json.RootElement.GetProperty("runs")[0];
        var rules = run.GetProperty("tool").GetProperty("driver").GetProperty("rules");
        Assert.Equal("2.1.0", json.RootElement.GetProperty("version").GetString());
        Assert.All(run.GetProperty("results").EnumerateArray(), result =>
        {
            var rule = rules[result.GetProperty("ruleIndex").GetInt32()];
            Assert.Equal(result.GetProperty("ruleId").GetString(), rule.GetProperty("id").GetString());
            var place = result.GetProperty("locations")[0].GetProperty("physicalLocation");
            Assert.Equal("a%20b.yaml", place.GetProperty("artifactLocation").GetProperty("uri").GetString());
            Assert.True(place.GetProperty("region").GetProperty("startLine").GetInt32() > 0);
        });
        Golden.Check("check.sarif", ended.Output);
    }

    [Theory]
    [InlineData("a.yaml", TwoProblems)]
    [InlineData("a b.yaml", "tasks: [")]
    [InlineData("clean.yaml", Good)]
    [InlineData("warned.yaml", "tasks: [{name: a, action: echo}]")]
    public async Task Sarif_has_the_shape_that_the_standard_asks_for(string name, string text)
    {
        var ended = await _scratch.RunAsync("check", _scratch.Write(name, text), "-o", "sarif");

        var schema = JsonSchema.FromText(File.ReadAllText(
            Path.Combine(Golden.Root, "tests", "Executor.Integration.Tests", "Cli", "sarif.schema.json")));
        using var json = JsonDocument.Parse(ended.Output);
        var found = schema.Evaluate(
            json.RootElement,
            new EvaluationOptions { RequireFormatValidation = true, OutputFormat = OutputFormat.List });
        Assert.True(found.IsValid, string.Join('\n', (found.Details ?? []).Where(one => one.Errors is not null)
            .Select(one => $"{one.InstanceLocation}: {string.Join(' ', one.Errors!.Values)}")));
    }

    [Fact]
    public async Task A_warning_is_0_and_under_strict_1()
    {
        var file = _scratch.Write(
            "warned.yaml", "tasks:\n  - name: a\n    action: core.noop\n    input: {x: \"{{ workflow.nope }}\"}\n");

        Assert.Equal(0, (await _scratch.RunAsync("check", file)).ExitCode);
        Assert.Equal(1, (await _scratch.RunAsync("check", file, "--strict")).ExitCode);
    }

    [Fact]
    public async Task A_missing_file_is_2_and_the_others_are_checked()
    {
        var ended = await _scratch.RunAsync("check", "none.yaml", _scratch.Write("good.yaml", Good));

        Assert.Equal((2, "good.yaml: ok\n"), (ended.ExitCode, ended.Output));
        Assert.Contains("error file.none", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Text_that_is_no_utf8_is_a_problem_of_the_file()
    {
        await File.WriteAllBytesAsync(Path.Combine(_scratch.Folder, "latin.yaml"), [0x61, 0x3a, 0x20, 0xe9]);

        var ended = await _scratch.RunAsync("check", "latin.yaml");

        Assert.Equal(1, ended.ExitCode);
        Assert.Contains("latin.yaml:1:4: error yaml.encoding", ended.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Control_characters_of_a_file_never_reach_the_terminal()
    {
        var ended = await _scratch.RunAsync("check", _scratch.Write("evil.yaml", "\"a\\e[31m\": 1\n"));

        Assert.Equal(1, ended.ExitCode);
        Assert.DoesNotContain('\u001b', ended.Output + ended.Error);
        Assert.Contains("\\u001b[31m", ended.Output, StringComparison.Ordinal);
    }
}
