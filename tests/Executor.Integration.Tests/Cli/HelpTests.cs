using System.Text;

namespace Executor.Integration.Tests.Cli;

public sealed class HelpTests
{
    [Fact]
    public async Task Help_of_every_verb_is_as_published()
    {
        using var scratch = new Scratch();
        var text = new StringBuilder();
        foreach (var verb in new[] { "", "run", "pause", "resume", "rerun", "runs", "show", "history", "explain", "inquiries", "answer", "check", "rehearse", "graph", "schema", "watch", "cancel", "workflows", "workflows store",
            "cluster", "workers", "serve", "work", "migrate", "keys", "keys add", "health" })
        {
            var ended = await scratch.RunAsync([.. verb.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]);
            Assert.Equal((0, ""), (ended.ExitCode, ended.Error));
            text.Append("$ executor ").Append(verb).Append(verb.Length > 0 ? " " : "").Append("--help\n")
                .Append(string.Join('\n', ended.Output.Split('\n').Select(line => line.TrimEnd()))).Append('\n');
        }

        Golden.Check("help.txt", text.ToString());
    }

    [Theory]
    [InlineData("error cli.usage: there is no command 'rnu'", "rnu", "x.yaml", "-p", "a=1")]
    [InlineData("error cli.usage: Argument 'xml' not recognized. Must be one of: 'table' 'json'", "runs", "-o", "xml")]
    [InlineData("error cli.usage: --limit is 'x'; expected a whole number from 1 to 100000, as in: --limit 50", "runs", "--limit", "x")]
    public async Task A_wrong_call_is_told_in_one_sentence(string sentence, params string[] arguments)
    {
        using var scratch = new Scratch();

        var ended = await scratch.RunAsync(arguments);

        var lines = ended.Error.TrimEnd().Split('\n');
        Assert.Equal((2, sentence, 2), (ended.ExitCode, lines[0], lines.Length));
    }

    [Theory]
    [InlineData("rnu")]
    [InlineData("run")]
    [InlineData("check")]
    [InlineData("run", "x.yaml", "--no-such-option")]
    [InlineData("run", "x.yaml", "-o", "xml")]
    [InlineData("rehearse", "x.yaml")]
    public async Task A_call_that_cannot_be_understood_is_2_and_says_where_help_is(params string[] arguments)
    {
        using var scratch = new Scratch();

        var ended = await scratch.RunAsync(arguments);

        Assert.Equal((2, ""), (ended.ExitCode, ended.Output));
        Assert.Contains("--help", ended.Error, StringComparison.Ordinal);
    }
}
