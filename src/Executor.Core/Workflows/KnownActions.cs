using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Executor.Core.Workflows;

/// <summary>The actions that are known before anything runs. Names compare without case.</summary>
/// <param name="specs">Names are unique.</param>
/// <param name="areAll">Whether there are no others: then a name that is not among them is a mistake.</param>
public sealed class KnownActions(IEnumerable<ActionSpec> specs, bool areAll)
{
    private readonly FrozenDictionary<string, ActionSpec> _specs =
        specs.ToFrozenDictionary(spec => spec.Name, StringComparer.OrdinalIgnoreCase);

    private KnownActions(KnownActions before)
        : this([], before.AreAll) =>
        (_specs, LookedUp, CanLookUp, Directory) = (before._specs, before.LookedUp, before.CanLookUp, before.Directory);

    /// <summary>Nothing is known: every name may be an action, with any input.</summary>
    public static KnownActions None { get; } = new([], areAll: false);

    public bool AreAll => areAll;

    /// <summary>
    /// A name that is not known may be that of a workflow, and whoever holds this can find out. False: what is not
    /// among these is no workflow.
    /// </summary>
    public bool CanLookUp { get; private init; }

    /// <summary>Where files are looked for, as people name it; null where there are none.</summary>
    public string? Directory { get; private init; }

    /// <summary>What was found of the names that were looked up; null: no workflow.</summary>
    private ImmutableDictionary<string, ActionSpec?> LookedUp { get; init; } =
        ImmutableDictionary.Create<string, ActionSpec?>(StringComparer.Ordinal);

    /// <summary>In order.</summary>
    public IEnumerable<string> Names => _specs.Values.Select(spec => spec.Name)
        .Concat(LookedUp.Where(one => one.Value is not null).Select(one => one.Key))
        .Order(StringComparer.Ordinal);

    /// <summary>The same, where names that are not known can be looked up.</summary>
    /// <param name="directory">Where files are looked for; null: as before.</param>
    public KnownActions ThatCanLookUp(string? directory = null) =>
        new(this) { CanLookUp = true, Directory = directory ?? Directory };

    /// <summary>These and those that are known by name only, and no others; what they take is not checked.</summary>
    public KnownActions AndOnly(IEnumerable<string> names) => new(
        _specs.Values.Concat(names
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .Where(name => !_specs.ContainsKey(name))
            .Select(name => new ActionSpec(name, new ParameterSchema([], Open: true)))),
        areAll: true);

    /// <summary>And what a name means, as it was looked up. What was known before is not looked up.</summary>
    /// <param name="workflow">Null: none is called so.</param>
    public KnownActions With(string name, WorkflowSpec? workflow) => new(this)
    {
        LookedUp = LookedUp.SetItem(name, workflow is null ? null : ActionSpec.Of(name, workflow)),
    };

    /// <summary>Whether nobody has looked yet which workflow this is.</summary>
    public bool MustAsk(string name) => CanLookUp && !_specs.ContainsKey(name) && !LookedUp.ContainsKey(name);

    public bool TryFind(string name, [NotNullWhen(true)] out ActionSpec? spec) =>
        _specs.TryGetValue(name, out spec) || (LookedUp.TryGetValue(name, out spec) && spec is not null);
}
