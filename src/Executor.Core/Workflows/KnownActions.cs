using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace Executor.Core.Workflows;

/// <summary>The actions that are known before anything runs. Names compare without case.</summary>
/// <param name="specs">Names are unique.</param>
/// <param name="areAll">Whether there are no others: then a name that is not among them is a mistake.</param>
public sealed class KnownActions(IEnumerable<ActionSpec> specs, bool areAll)
{
    private readonly FrozenDictionary<string, ActionSpec> _specs =
        specs.ToFrozenDictionary(spec => spec.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>Nothing is known: every name may be an action, with any input.</summary>
    public static KnownActions None { get; } = new([], areAll: false);

    public bool AreAll => areAll;

    /// <summary>In order.</summary>
    public IEnumerable<string> Names => _specs.Values.Select(spec => spec.Name).Order(StringComparer.Ordinal);

    public bool TryFind(string name, [NotNullWhen(true)] out ActionSpec? spec) => _specs.TryGetValue(name, out spec);
}
