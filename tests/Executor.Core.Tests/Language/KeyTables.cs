using System.Reflection;
using Executor.Core.Workflows;

namespace Executor.Core.Tests.Language;

/// <summary>The reader's tables of keys, which are nobody else's business.</summary>
internal static class KeyTables
{
    /// <summary>Of each key its table and its name, as in <c>Task when</c>.</summary>
    public static IEnumerable<string> Keys { get; } =
    [
        .. typeof(WorkflowSpec).Assembly.GetType("Executor.Core.Workflows.Reading.KeyTable", throwOnError: true)!
            .GetFields(BindingFlags.Public | BindingFlags.Static)
            .SelectMany(table => Known(table).Select(key => $"{table.Name} {key}")),
    ];

    private static IEnumerable<string> Known(FieldInfo table) =>
        (IEnumerable<string>)table.FieldType.GetProperty("Known")!.GetValue(table.GetValue(null))!;
}
