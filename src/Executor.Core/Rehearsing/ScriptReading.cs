using System.Collections.Immutable;
using Executor.Core.Workflows;

namespace Executor.Core.Rehearsing;

/// <summary>What came of a script's text.</summary>
/// <param name="Script">Null when one of the problems is an error.</param>
/// <param name="Problems">In the order of the file; warnings included.</param>
public sealed record ScriptReading(RehearsalScript? Script, ImmutableArray<SpecProblem> Problems);
