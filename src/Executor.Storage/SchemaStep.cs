using System.Globalization;
using System.Text.RegularExpressions;

namespace Executor.Storage;

/// <param name="Version">From 1, without gaps.</param>
/// <param name="WorksWith">
/// The lowest version that a program must know to work on the schema after this step. Its own, unless the step says
/// "-- Works with N": then programs of before may go on while others are replaced.
/// </param>
internal sealed partial record SchemaStep(long Version, long WorksWith, string Sql)
{
    public static SchemaStep Of(long version, string sql)
    {
        var said = Note().Match(sql);
        var worksWith = said.Success ? long.Parse(said.Groups[1].ValueSpan, CultureInfo.InvariantCulture) : version;
        return new SchemaStep(version, worksWith, sql);
    }

    [GeneratedRegex("^-- Works with ([0-9]+)$", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Note();
}
