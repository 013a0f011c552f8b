using Executor.Chaos.Evidences;

namespace Executor.Chaos.Checks;

/// <summary>One invariant: finds what breaks it.</summary>
/// <param name="Find">One sentence for each violation; none is a pass.</param>
internal sealed record Check(string Id, string Says, Func<Evidence, IEnumerable<string>> Find);

/// <param name="Invariant">As <c>I4</c>.</param>
internal sealed record Violation(string Invariant, string Message);
