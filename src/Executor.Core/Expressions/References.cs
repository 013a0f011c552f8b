using System.Collections.Immutable;

namespace Executor.Core.Expressions;

/// <summary>What an expression uses, for checks that evaluate nothing.</summary>
public sealed record References(ImmutableArray<NameReference> Names, ImmutableArray<CallReference> Calls);

/// <param name="Root">In its one spelling: <c>vars.x</c> and <c>ctx('x')</c> are <c>workflow</c>, <c>x</c>.</param>
/// <param name="Member">Null when the root is used as a whole, or its member is computed.</param>
/// <param name="MayBeMissing">Its absence is provided for: by <c>default</c>, <c>is defined</c> or <c>?.</c>.</param>
public sealed record NameReference(string Root, string? Member, Position At, bool MayBeMissing);

/// <param name="Arguments">How many; of a filter, with the value before it.</param>
/// <param name="Pattern">The regular expression among them, where it is written out; else null.</param>
public sealed record CallReference(string Function, int Arguments, Position At, WrittenPattern? Pattern = null);

/// <param name="At">Where its quotes begin.</param>
public sealed record WrittenPattern(string Text, Position At);
