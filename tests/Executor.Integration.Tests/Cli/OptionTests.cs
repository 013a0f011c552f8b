using System.CommandLine;
using Executor.Host;

namespace Executor.Integration.Tests.Cli;

/// <summary>Options that take no text, of every command that there is.</summary>
public sealed class OptionTests
{
    [Fact]
    public void What_does_not_fit_is_told_with_what_is_expected_by_every_option_of_every_command()
    {
        var seen = new HashSet<string>();
        foreach (var (path, command) in Below([], CommandLine.Root()))
        {
            foreach (var option in command.Options.Where(IsTyped))
            {
                var mistakes = CommandLine.Mistakes(CommandLine.Parse([.. path, .. Needed(command, option), $"{option.Name}=x"])).ToList();

                Assert.Contains(mistakes, mistake => mistake.Contains("'x'", StringComparison.Ordinal));
                Assert.All(mistakes, mistake =>
                {
                    Assert.Matches("expected .*, as in: --|Must be one of: ", mistake);
                    Assert.DoesNotContain("System.", mistake, StringComparison.Ordinal);
                    Assert.DoesNotContain("Executor.", mistake, StringComparison.Ordinal);
                });
                seen.Add(option.Name);
            }
        }

        Assert.Equal(
            ["--after", "--at", "--expires", "--explore", "--failures", "--limit", "--output", "--role", "--seed", "--timeout", "--visit"],
            seen.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("--limit is 'x'; expected a whole number from 1 to 100000, as in: --limit 50", "inquiries", "--limit", "x")]
    [InlineData("--explore is 'abc'; expected a whole number from 1 to 10000000, as in: --explore 1000", "rehearse", "f", "--script", "s", "--explore", "abc")]
    [InlineData("EXECUTOR__WORKER__PARALLELISM is 'x'; expected a whole number from 1 to 10000", "work", "--parallelism", "x")]
    [InlineData("EXECUTOR__LOG_FORMAT is 'x'; expected text or json", "work", "--log-format", "x")]
    [InlineData("EXECUTOR__LOG_FORMAT is 'x'; expected text or json", "serve", "--log-format", "x")]
    public async Task A_call_that_cannot_be_understood_is_2(string sentence, params string[] arguments)
    {
        using var scratch = new Scratch();

        var ended = await scratch.RunAsync(arguments);

        Assert.Equal((2, ""), (ended.ExitCode, ended.Output));
        Assert.Contains(sentence, ended.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--limit is '0'; expected a whole number from 1 to 100000, as in: --limit 50", "runs", "--limit", "0")]
    [InlineData("--limit is '-1'; expected a whole number from 1 to 100000, as in: --limit 50", "inquiries", "--limit", "-1")]
    [InlineData("--limit is '0'; expected a whole number from 1 to 100000, as in: --limit 1000", "history", "r", "--limit", "0")]
    [InlineData("--after is '-1'; expected a whole number, 0 or more, as in: --after 20", "history", "r", "--after", "-1")]
    [InlineData("--at is '0'; expected a whole number, 1 or more, as in: --at 20", "history", "r", "--at", "0")]
    [InlineData("--visit is '0'; expected a whole number from 1 to 2147483647, as in: --visit 3", "explain", "r", "a", "--visit", "0")]
    [InlineData("--visit is one of a task; name the task, too", "explain", "r", "--visit", "1")]
    [InlineData("--at shows the run as it stood, and no entries; leave out --after and --limit", "history", "r", "--at", "1", "--limit", "5")]
    [InlineData("--at shows the run as it stood, and no entries; leave out --after and --limit", "history", "r", "--at", "1", "--after", "5")]
    [InlineData("--explore is '0'; expected a whole number from 1 to 10000000, as in: --explore 1000", "rehearse", "f", "--script", "s", "--explore", "0")]
    [InlineData("--explore is '-3'; expected a whole number from 1 to 10000000, as in: --explore 1000", "rehearse", "f", "--script", "s", "--explore", "-3")]
    [InlineData("--seed is '1.5'; expected a whole number, as in: --seed 7", "rehearse", "f", "--script", "s", "--explore", "9", "--seed", "1.5")]
    [InlineData("--failures is '2'; expected a number from 0 to 1, as in: --failures 0.2", "rehearse", "f", "--script", "s", "--explore", "9", "--failures", "2")]
    [InlineData("--failures is 'NaN'; expected a number from 0 to 1, as in: --failures 0.2", "rehearse", "f", "--script", "s", "--explore", "9", "--failures", "NaN")]
    [InlineData("--seed means nothing without --explore; write it with --explore 1000", "rehearse", "f", "--script", "s", "--seed", "7")]
    [InlineData("--failures means nothing without --explore; write it with --explore 1000", "rehearse", "f", "--script", "s", "--failures", "0.5")]
    [InlineData("--may-fail means nothing without --explore; write it with --explore 1000", "rehearse", "f", "--script", "s", "--may-fail", "a")]
    [InlineData("--timeout is '0'; expected seconds, or a span as 90s, 5m, 1h30m, as in: --timeout 5m", "run", "f", "--timeout", "0")]
    [InlineData("--expires is '99999h'; expected seconds, or a span as 90s, 5m, 1h30m, at most 3650 days, as in: --expires 720h", "keys", "add", "--name", "n", "--role", "viewer", "--expires", "99999h")]
    [InlineData("--role is '2'; expected one of viewer, operator, author, admin, as in: --role viewer", "keys", "add", "--name", "n", "--role", "2")]
    public void What_is_out_of_range_or_means_nothing_is_refused_in_one_sentence(string sentence, params string[] arguments) =>
        Assert.Equal([sentence], CommandLine.Mistakes(CommandLine.Parse(arguments)));

    [Fact]
    public async Task Advice_names_the_whole_command()
    {
        using var scratch = new Scratch();

        var ended = await scratch.RunAsync("keys", "add", "--name", "n", "--role", "x");

        Assert.Contains("see: executor keys add --help", ended.Error, StringComparison.Ordinal);
    }

    /// <summary>Options that repeat a setting are read as that setting.</summary>
    private static bool IsTyped(Option option) =>
        option.Name is not ("--help" or "--version")
        && ((option.ValueType != typeof(string) && option.ValueType != typeof(string[]) && option.ValueType != typeof(bool))
            || option.Name == "--output");

    /// <summary>A word for each argument and option that cannot be left out, or not beside this one.</summary>
    private static IEnumerable<string> Needed(Command command, Option typed) =>
    [
        .. command.Arguments.Where(argument => argument.Arity.MinimumNumberOfValues > 0 || typed.Name == "--visit").Select(_ => "word"),
        .. command.Options.Where(one => one != typed && (one.Required || (one.Name == "--explore" && typed.Name != "--output")))
            .SelectMany(one => new[] { one.Name, one.HelpName == "N" ? "9" : one.HelpName?.Split('|')[0] ?? "word" }),
    ];

    private static IEnumerable<(string[] Path, Command Command)> Below(string[] path, Command command) =>
        command.Subcommands.SelectMany(one => Below([.. path, one.Name], one)).Prepend((path, command));
}
