using System.Collections.Frozen;

namespace Executor.Core.Workflows.Reading;

/// <summary>Which names tasks and variables may have.</summary>
internal static class TaskNames
{
    /// <summary>Roots of expressions; a variable of this name could never be read bare.</summary>
    public static readonly FrozenSet<string> Roots = new[]
    {
        "parameters", "workflow", "vars", "variables", "task", "tasks", "config", "keystore", "item", "index", "system",
    }.ToFrozenSet();

    public static readonly FrozenSet<string> Commands = new[] { "noop", "fail", "continue", "retry" }.ToFrozenSet();

    public static bool IsReservedTask(string name) => Roots.Contains(name) || Commands.Contains(name);

    public static bool IsName(string text) => IsTaskName(text) && !text.Contains('-');

    public static bool IsTaskName(string text) =>
        text.Length > 0
        && (char.IsAsciiLetter(text[0]) || text[0] == '_')
        && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-');
}
