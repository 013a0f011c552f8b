using System.Collections.Immutable;
using Executor.Core.Values;

namespace Executor.Core.Workflows;

/// <summary>What inputs a workflow takes.</summary>
/// <param name="Open">Inputs that are not in the schema are kept; else they are refused.</param>
public sealed record ParameterSchema(ImmutableArray<ParameterSpec> Parameters, bool Open = false);

/// <summary>One parameter, or the schema of a list's elements or of a map's member.</summary>
/// <param name="Types">JSON type names; empty when any is allowed.</param>
/// <param name="Default">Null when there is none; a literal, never a template.</param>
public sealed record ParameterSpec(
    string Name,
    ImmutableArray<string> Types,
    bool Required,
    Value? Default,
    ImmutableArray<Value> Enum,
    double? Minimum,
    double? Maximum,
    int? MinLength,
    int? MaxLength,
    string? Pattern,
    ParameterSpec? Items,
    ImmutableArray<ParameterSpec> Properties,
    bool Secret,
    string? Description);
