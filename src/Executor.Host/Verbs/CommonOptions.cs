using System.CommandLine;

namespace Executor.Host.Verbs;

/// <summary>Options that mean the same wherever they stand.</summary>
internal static class CommonOptions
{
    public static readonly Option<bool> Debug = new("--debug")
    {
        Description = "Show stack traces and the engine's log.",
        Recursive = true,
    };

    public static Option<string> Data() => new("--data")
    {
        Description = "The data directory.",
        HelpName = "DIR",
        DefaultValueFactory = _ => ".executor",
    };

    public static Option<string> Output(params string[] forms)
    {
        var option = new Option<string>("--output", "-o")
        {
            Description = "How the result is written.",
            HelpName = string.Join('|', forms),
            DefaultValueFactory = _ => forms[0],
        };
        option.AcceptOnlyFromAmong(forms);
        return option;
    }
}
