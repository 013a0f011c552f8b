using System.Collections.Immutable;

namespace Executor.Core.Workflows;

/// <summary>What came of a text.</summary>
/// <param name="Spec">Null when one of the problems is an error.</param>
/// <param name="Problems">In the order of the file; warnings included.</param>
public sealed record WorkflowReading(WorkflowSpec? Spec, ImmutableArray<SpecProblem> Problems);
