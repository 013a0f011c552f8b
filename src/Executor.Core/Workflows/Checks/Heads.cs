using Executor.Core.Expressions;

namespace Executor.Core.Workflows.Checks;

/// <summary>What the first word of a name could have meant, with how that is written.</summary>
internal static class Heads
{
    private static readonly string[] Everywhere = ["parameters", "workflow", "vars", "variables", "system"];
    private static readonly string[] OfTasks = ["task", "tasks"];
    private static readonly string[] OfItems = ["item", "index"];
    private static readonly string[] Constants = ["true", "false", "null"];

    /// <param name="parameters">Those that are known.</param>
    /// <returns>Only what can be seen at the place.</returns>
    public static IEnumerable<KeyValuePair<string, string>> At(
        Sight sight, IEnumerable<string> parameters, IEnumerable<string> tasks) =>
    [
        .. AsTheyAre(sight.Variables.Where(Names.IsPlain)),
        .. AsTheyAre(sight.Alias is { } alias ? [alias] : []),
        .. AsTheyAre(Everywhere),
        .. AsTheyAre(sight.SeesTasks ? OfTasks : []),
        .. AsTheyAre(sight.SeesItem ? OfItems : []),
        .. AsTheyAre(Constants),
        .. MembersOf("parameters", parameters),
        .. MembersOf("task", sight.SeesTasks ? tasks : []),
    ];

    private static IEnumerable<KeyValuePair<string, string>> AsTheyAre(IEnumerable<string> names) =>
        names.Select(name => KeyValuePair.Create(name, name));

    private static IEnumerable<KeyValuePair<string, string>> MembersOf(string root, IEnumerable<string> names) =>
        names.Select(name => KeyValuePair.Create(name, Names.IsPlain(name) ? $"{root}.{name}" : $"{root}['{name}']"));
}
