using System.Collections.Immutable;
using Executor.Core.Expressions;

namespace Executor.Core.Workflows;

/// <summary>A workflow as it was written, read and checked.</summary>
/// <param name="Source">The text it was read from; the journal keeps it, so a run never sees a later edit.</param>
/// <param name="Hash">SHA-256 of <paramref name="Source"/> in lower-case hexadecimal digits.</param>
/// <param name="Parameters">Null when the file has no schema: then every input is kept.</param>
/// <param name="Output">Null when the file has no map: then the output is empty.</param>
/// <param name="MaxParallel">Dispatched slots at any moment; null is unlimited.</param>
public sealed record WorkflowSpec(
    string Ref,
    string Source,
    string Hash,
    string? Label,
    string? Description,
    ImmutableArray<string> Tags,
    string? Version,
    ParameterSchema? Parameters,
    ImmutableArray<NamedTemplate> Vars,
    ImmutableArray<TaskSpec> Tasks,
    ImmutableArray<NamedTemplate>? Output,
    CancellationPolicy CancellationPolicy,
    TimeSpan? Timeout,
    int? MaxParallel)
{
    private WorkflowGraph? _graph;

    /// <summary>Who leads to whom; made when first asked for.</summary>
    public WorkflowGraph Graph =>
        _graph is { } made && made.Tasks == Tasks ? made : _graph = new WorkflowGraph(Tasks);

    /// <summary>The same text under the same name reads as the same workflow; nothing else is compared.</summary>
    public bool Equals(WorkflowSpec? other) => other is not null && other.Ref == Ref && other.Hash == Hash;

    public override int GetHashCode() => HashCode.Combine(Ref, Hash);

    public override string ToString() => $"{Ref} ({Tasks.Length} tasks)";
}

/// <summary>A name with the template that gives its value.</summary>
public sealed record NamedTemplate(string Name, Template Template, Position At);

public enum CancellationPolicy
{
    AllowFinish,
    CancelRunning,
}
