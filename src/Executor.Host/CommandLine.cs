using System.CommandLine;
using System.CommandLine.Parsing;
using System.Data.Common;
using Executor.Core;
using Executor.Host.Output;
using Executor.Host.Verbs;

namespace Executor.Host;

/// <summary>The verbs together, and the one place where what went wrong becomes a sentence and an exit code.</summary>
internal static class CommandLine
{
    public static async Task<int> RunAsync(string[] args)
    {
        SafeWriter.Install();
        var parsed = Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var message in Mistakes(parsed))
            {
                Talk.Error("cli.usage", message, advice: $"see: {Usage(parsed)} --help");
            }

            return ExitCode.Unusable;
        }

        var debug = parsed.GetValue(CommonOptions.Debug);
        try
        {
            // Our own signal handling replaces the library's.
            return await parsed.InvokeAsync(
                new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        }
        catch (Unusable problem)
        {
            Talk.Error(problem.Code, problem.Message, problem.Place, problem.Advice);
            Report(problem, debug);
            return problem.ExitCode;
        }
        catch (Exception fault) when (fault is StorageException or DbException)
        {
            Talk.Error("data.unusable", fault.Message, advice: "look at the data directory and the space left on its disk");
            return Report(fault, debug);
        }
        catch (Exception fault)
        {
            Talk.Error("internal", fault.Message, advice: debug ? null : "run it again with --debug to see where");
            return Report(fault, debug);
        }
    }

    /// <summary>An argument that begins with @ is text, never a file.</summary>
    internal static ParseResult Parse(string[] args) =>
        Root().Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });

    internal static RootCommand Root()
    {
        var root = new RootCommand(
            "Runs workflows: durable, every step dispatched exactly once.\n\n"
            + "Exit codes: 0 completed, 1 failed, timed out or cancelled, 2 refused or unusable, 130 interrupted.")
        {
            CommonOptions.Debug,
        };
        var groups = VerbGroup.All();
        foreach (var verb in groups.SelectMany(group => group.Verbs))
        {
            root.Subcommands.Add(verb);
        }

        RootHelp.Install(root, groups);
        return root;
    }

    /// <summary>After an unknown verb nothing else in the line means anything.</summary>
    internal static IEnumerable<string> Mistakes(ParseResult parsed) =>
        parsed.CommandResult.Command is RootCommand && parsed.UnmatchedTokens is [var verb, ..]
            ? [$"there is no command '{verb}'"]
            : parsed.Errors.Select(error => error.Message
                .Replace("\n\t", " ", StringComparison.Ordinal));

    private static string Usage(ParseResult parsed)
    {
        var words = new Stack<string>();
        for (var one = parsed.CommandResult; one is { Command: not RootCommand }; one = one.Parent as CommandResult)
        {
            words.Push(one.Command.Name);
        }

        return string.Join(' ', words.Prepend("executor"));
    }

    private static int Report(Exception fault, bool debug)
    {
        if (debug)
        {
            Talk.Line(fault.ToString());
        }

        return ExitCode.Unusable;
    }
}
