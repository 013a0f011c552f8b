using Executor.Core.Values;

namespace Executor.Core.Expressions;

/// <summary>A name or a path in an expression, with what it led to.</summary>
/// <param name="Path">As in the source, names in their one spelling: <c>workflow.limit</c>, <c>result().count</c>.</param>
/// <param name="Value">Null when it led nowhere; a reference where it led into a result that is not at hand.</param>
public sealed record SeenValue(string Path, Value? Value);
