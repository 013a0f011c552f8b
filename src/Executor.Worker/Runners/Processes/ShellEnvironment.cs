using System.Globalization;
using Executor.Core.Runs;
using Executor.Core.Values;
using Executor.Worker.Actions;

namespace Executor.Worker.Runners.Processes;

/// <summary>
/// The variables a program gets: some of the worker's own, what it is told about itself, and its parameters.
/// </summary>
internal static class ShellEnvironment
{
    public const string DefaultPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private const int LongestName = 64;

    // They make a loader, a shell or an interpreter run somebody else's code.
    private static readonly string[] Refused =
    [
        "PATH", "IFS", "ENV", "BASH_ENV", "SHELLOPTS", "BASHOPTS", "PS4", "PROMPT_COMMAND", "GCONV_PATH",
        "GLIBC_TUNABLES", "PYTHONSTARTUP", "PYTHONPATH", "PERL5OPT", "PERL5LIB", "RUBYOPT", "NODE_OPTIONS",
        "DOTNET_STARTUP_HOOKS",
    ];

    public static Dictionary<string, string> For(ActionContext context, WorkerOptions options)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal) { ["PATH"] = DefaultPath };
        foreach (var name in options.PassEnvironment)
        {
            if (Environment.GetEnvironmentVariable(name) is { } value)
            {
                variables[name] = value;
            }
        }

        AddGiven(variables, "", "env", context.Input.Object("env"));
        AddGiven(variables, "EX_P_", "parameters", context.Input.Object("parameters"));
        variables["EX_IDEMPOTENCY_KEY"] = context.Id.Text;
        variables["EX_RUN_ID"] = context.Run.Text;
        variables["EX_TASK"] = context.Slot.Task;
        variables["EX_ATTEMPT"] = context.Slot.Attempt.ToString(CultureInfo.InvariantCulture);
        if (context.Slot.Item != Slot.NoItem)
        {
            variables["EX_ITEM"] = context.Slot.Item.ToString(CultureInfo.InvariantCulture);
        }

        return variables;
    }

    private static void AddGiven(Dictionary<string, string> variables, string prefix, string key, Value.Map? given)
    {
        foreach (var (name, value) in given ?? Value.Map.Empty)
        {
            if (!IsName(name) || IsRefused(name))
            {
                throw new ActionInputException("input.pattern", $"'{name}' cannot be a name in '{key}'.");
            }

            var variable = prefix + (prefix.Length == 0 ? name : name.ToUpperInvariant());
            var text = value is Value.Text plain ? plain.Content : value.IsNull ? "" : value.ToString();
            variables[variable] = text.Contains('\0')
                ? throw new ActionInputException("input.type", $"'{name}' in '{key}' holds a NUL.")
                : text;
        }
    }

    private static bool IsRefused(string name) =>
        Refused.Contains(name, StringComparer.OrdinalIgnoreCase)
        || name.StartsWith("LD_", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("DYLD_", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("EX_", StringComparison.OrdinalIgnoreCase);

    private static bool IsName(string name) =>
        name.Length is > 0 and <= LongestName
        && !char.IsAsciiDigit(name[0])
        && name.All(character => char.IsAsciiLetterOrDigit(character) || character == '_');
}
