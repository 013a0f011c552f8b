using System.Collections.Frozen;
using Executor.Core.Expressions;

namespace Executor.Core.Workflows.Reading;

/// <summary>Which names tasks and variables may have.</summary>
internal static class TaskNames
{
    public static readonly FrozenSet<string> Commands = new[] { "noop", "fail", "continue", "retry" }.ToFrozenSet();

    public static bool IsReserved(string name) => Names.Reserved.Contains(name) || Commands.Contains(name);

    public static bool IsName(string text) => IsTaskName(text) && !text.Contains('-');

    public static bool IsTaskName(string text) =>
        text.Length > 0
        && (char.IsAsciiLetter(text[0]) || text[0] == '_')
        && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-');
}
