using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Text;

namespace Executor.Host.Verbs;

/// <summary>Help of the whole fits on a screen: the verbs in groups, a sentence each. Help of a verb says all of it.</summary>
internal sealed class RootHelp(IReadOnlyList<VerbGroup> groups, HelpAction ofVerbs) : SynchronousCommandLineAction
{
    /// <summary>Help is told whatever else is missing in the line.</summary>
    public override bool ClearsParseErrors => true;

    /// <summary>Takes the place of the library's help of the whole.</summary>
    public static void Install(RootCommand root, IReadOnlyList<VerbGroup> groups)
    {
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new RootHelp(groups, (HelpAction)help.Action!);
    }

    public override int Invoke(ParseResult parseResult)
    {
        if (parseResult.CommandResult.Command is not RootCommand root)
        {
            return ofVerbs.Invoke(parseResult);
        }

        parseResult.InvocationConfiguration.Output.Write(TextOf(root));
        return ExitCode.Completed;
    }

    private string TextOf(RootCommand root)
    {
        var text = new StringBuilder(root.Description).Append("\n\nUsage:\n  executor <verb> [options]\n");
        var widest = groups.SelectMany(group => group.Verbs).Max(verb => Usage(verb).Length);
        foreach (var group in groups)
        {
            text.Append('\n').Append(group.Title).Append(":\n");
            foreach (var verb in group.Verbs)
            {
                text.Append("  ").Append(Usage(verb).PadRight(widest + 2)).Append(FirstSentence(verb)).Append('\n');
            }
        }

        return text.Append("\nexecutor <verb> --help tells the rest, and the settings of serve, work and migrate.\n")
            .Append("--debug shows stack traces and the engine's log, --version the version.\n").ToString();
    }

    private static string Usage(Command verb) =>
        string.Join(' ', [verb.Name, .. verb.Arguments.Select(argument =>
            argument.Arity.MinimumNumberOfValues == 0 ? $"[{argument.Name}]" : argument.Name)]);

    private static string FirstSentence(Command verb)
    {
        var end = verb.Description!.IndexOf(". ", StringComparison.Ordinal);
        var line = verb.Description.IndexOf('\n', StringComparison.Ordinal);
        end = end < 0 || (line >= 0 && line < end) ? line : end + 1;
        return end < 0 ? verb.Description : verb.Description[..end].TrimEnd();
    }
}
