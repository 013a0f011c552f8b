using Executor.Core.Values;
using Executor.Worker.Actions;

namespace Executor.Worker.Runners.Processes;

/// <summary>The input of core.shell, checked.</summary>
/// <param name="Arguments">The program first.</param>
internal sealed record ShellCommand(
    IReadOnlyList<string> Arguments, string? Folder, string? StandardInput, string OutputFormat)
{
    public static ShellCommand From(ActionInput input)
    {
        input.Only("args", "argv", "cmd", "shell", "parameters", "env", "cwd", "stdin", "output_format");
        var standardInput = input.Has("stdin") ? StandardInputOf(input) : null;
        return new ShellCommand(
            ArgumentsOf(input), Whole("cwd", input.Text("cwd")), standardInput,
            Processes.OutputFormat.Checked(input.Text("output_format")));
    }

    private static string[] ArgumentsOf(ActionInput input)
    {
        var key = input.Has("argv") ? "argv" : "args";
        if (input.Has("cmd"))
        {
            return input.Has(key) ? throw new ActionInputException("input.shape", $"Give either 'cmd' or '{key}'.")
                : !input.Flag("shell") ? throw new ActionInputException(
                    "input.shape", "'cmd' is a text for a shell and needs 'shell: true'; 'args' needs none.")
                : ["/bin/sh", "-c", Whole("cmd", input.RequiredText("cmd"))!];
        }

        if (input.Flag("shell"))
        {
            throw new ActionInputException("input.shape", "'shell: true' goes with 'cmd'; 'args' starts no shell.");
        }

        var list = input.List(key) ?? throw ActionInput.Missing("args");
        var arguments = list.Select(argument => Argument(key, argument)).ToArray();
        return arguments is [{ Length: > 0 }, ..] ? arguments : throw ActionInput.Missing("args");
    }

    private static string Argument(string key, Value argument) => argument switch
    {
        Value.Text text => Whole(key, text.Content)!,
        Value.Int or Value.Float or Value.Bool => argument.ToString(),
        _ => throw ActionInput.Wrong(key, "a list of texts", argument),
    };

    private static string StandardInputOf(ActionInput input)
    {
        input.Map.TryGet("stdin", out var value);
        return value is Value.Text text ? text.Content : value!.ToString();
    }

    private static string? Whole(string key, string? text) => text is not null && text.Contains('\0')
        ? throw new ActionInputException("input.type", $"'{key}' holds a NUL.")
        : text;
}
