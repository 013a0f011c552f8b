using System.Collections.Frozen;

namespace Executor.Core.Expressions;

/// <summary>All functions of the language by name.</summary>
public static class Functions
{
    private static readonly FrozenDictionary<string, Function> All = new[]
        {
            ConversionFunctions.All, NumberFunctions.All, TextFunctions.All, PatternFunctions.All, PartFunctions.All,
            ListFunctions.All, FieldFunctions.All, MapFunctions.All, EncodingFunctions.All, YamlFunctions.All,
            TimeFunctions.All, OutcomeFunctions.All, SpecialFunctions.All,
        }
        .SelectMany(functions => functions)
        .ToFrozenDictionary(function => function.Name, StringComparer.Ordinal);

    public static IEnumerable<string> Names => All.Keys;

    /// <returns>Null when there is none of this name.</returns>
    public static Function? Find(string name) => All.GetValueOrDefault(name);
}
