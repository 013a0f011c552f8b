using System.Globalization;

namespace Executor.Storage;

/// <summary>The steps of a schema, as they are built into this assembly: <c>000N_*.sql</c>, in order.</summary>
internal static class SchemaSteps
{
    public static IReadOnlyList<SchemaStep> Sqlite { get; } = Read("Sqlite/");

    public static IReadOnlyList<SchemaStep> Postgres { get; } = Read("Postgres/");

    private static IReadOnlyList<SchemaStep> Read(string folder) =>
    [
        .. typeof(SchemaSteps).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(folder, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => SchemaStep.Of(
                long.Parse(name.AsSpan(folder.Length, 4), CultureInfo.InvariantCulture), Text(name))),
    ];

    private static string Text(string name)
    {
        using var stream = typeof(SchemaSteps).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
