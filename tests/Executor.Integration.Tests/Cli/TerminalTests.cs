using System.Text.RegularExpressions;

namespace Executor.Integration.Tests.Cli;

/// <summary>What a person sees at a terminal, which is one of <c>script</c> (util-linux).</summary>
public sealed class TerminalTests : IDisposable
{
    private const string Workflow = """
        tasks:
          - name: each
            action: core.shell
            with_items: [1, 2, 3]
            input: {argv: [sh, -c, 'echo "says $1"; until [ -e go.txt ]; do sleep 0.02; done', sh, "{{ item }}"]}
            next: [{do: last}]
          - name: last
            action: core.fail
            input: {message: "\e[31mno way"}
            next: [{when: failed(), do: noop}]

        """;

    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task On_a_terminal_there_is_a_picture_redrawn_in_place()
    {
        var seen = await SeenAsync("run work.yaml");

        Assert.Matches("• each +░+ 0/3", seen);
        Assert.Contains("says 1", seen, StringComparison.Ordinal);
        Assert.Matches("✓ each +█+ 3/3", seen);
        Assert.Matches(@"✗ last +\\u001b\[31mno way", seen);
        Assert.Contains("completed, ", seen, StringComparison.Ordinal);
        Assert.Matches("(?m)^each +1 +completed +3/3", seen);
        Assert.Contains("last failed: \\u001b[31mno way", seen, StringComparison.Ordinal);
        Assert.True(seen.Split("running, ").Length > 2, seen);
    }

    [Fact]
    public async Task Without_a_terminal_there_are_lines()
    {
        var seen = await SeenAsync("run work.yaml 2> said.txt");

        Assert.DoesNotContain("each: ", seen, StringComparison.Ordinal);
        var said = _scratch.Read("said.txt");
        Assert.Contains("each: started, 3 items\n", said, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', said);
        Assert.DoesNotContain('█', said);
    }

    [Fact]
    public async Task A_narrow_terminal_gets_lines_that_fit()
    {
        var seen = await SeenAsync("run work.yaml", columns: 50);

        var picture = seen.Split('\n').Where(line => Regex.IsMatch(line, "^[•✓✗]")).ToList();
        Assert.NotEmpty(picture);
        Assert.All(picture, line => Assert.InRange(line.TrimEnd().Length, 10, 50));
    }

    [Fact]
    public async Task Without_colours_nothing_is_coloured()
    {
        var raw = await RawAsync("run work.yaml", "NO_COLOR=1", columns: 100);

        Assert.DoesNotMatch("\u001b\\[[0-9;]*m", raw);
        Assert.Matches("✓ +each", raw);
    }

    private async Task<string> SeenAsync(string arguments, int columns = 100)
    {
        var raw = await RawAsync(arguments, "", columns);
        return Regex.Replace(raw, "\u001b\\[[0-9;?]*[A-Za-z]", "").Replace("\r", "\n", StringComparison.Ordinal);
    }

    /// <summary>All that goes to the terminal. The items go on when the picture is complete.</summary>
    private async Task<string> RawAsync(string arguments, string variable, int columns)
    {
        _scratch.Write("work.yaml", Workflow);
        var command = $"stty cols {columns} rows 30; {variable} TERM=xterm-256color '{Executable.Path}' {arguments}";
        using var process = Executable.StartOther("script", _scratch.Folder, "-qfec", command, "typescript");
        await Waiting.ForAsync(
            () => IsDrawn(Typescript(), columns) || arguments.Contains("2>", StringComparison.Ordinal),
            "the picture to be drawn twice, with what an action says");
        _scratch.Write("go.txt", "");
        Assert.Equal(0, (await Executable.EndAsync(process)).ExitCode);
        return Typescript();
    }

    /// <summary>A narrow picture may have no room for what actions say.</summary>
    private static bool IsDrawn(string seen, int columns) =>
        seen.Split("running, ").Length > 2 && (columns < 100 || seen.Contains("says 1", StringComparison.Ordinal));

    private string Typescript()
    {
        var file = Path.Combine(_scratch.Folder, "typescript");
        return File.Exists(file) ? File.ReadAllText(file) : "";
    }
}
