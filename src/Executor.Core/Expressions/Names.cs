using Executor.Core.Expressions.Syntax;

namespace Executor.Core.Expressions;

/// <summary>The names that every expression can use at its root, and their other spellings.</summary>
public static class Names
{
    /// <summary>Roots that have members; a scope answers for them under these spellings only.</summary>
    public static readonly IReadOnlySet<string> Namespaces = new HashSet<string>(StringComparer.Ordinal)
    {
        "parameters", "workflow", "task", "config", "keystore", "system",
    };

    /// <summary>Names that no variable can have.</summary>
    public static readonly IReadOnlySet<string> Reserved = new HashSet<string>(Namespaces, StringComparer.Ordinal)
    {
        "vars", "variables", "tasks", "item", "index",
    };

    /// <summary>Words that mean something else where a variable's name could stand.</summary>
    internal static readonly IReadOnlySet<string> Words = new HashSet<string>(StringComparer.Ordinal)
    {
        "and", "or", "not", "in", "is", "if", "else", "true", "false", "null",
    };

    /// <summary>Whether it can stand behind a point: <c>workflow.name</c>.</summary>
    public static bool IsPlain(string name) => name.Length > 0 && Lexer.StartsName(name[0])
        && name.All(letter => Lexer.StartsName(letter) || char.IsDigit(letter));

    /// <summary>The one spelling under which a scope knows a root.</summary>
    public static string Canonical(string root) => root switch
    {
        "vars" or "variables" => "workflow",
        "tasks" => "task",
        _ => root,
    };

    /// <summary>The one spelling under which a scope knows a member of a root.</summary>
    public static string Canonical(string root, string member) =>
        root == "system" && member == "workflow_start" ? "started_at" : member;
}
