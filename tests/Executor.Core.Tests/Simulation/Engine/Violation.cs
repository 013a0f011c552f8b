namespace Executor.Core.Tests.Simulation.Engine;

/// <param name="Invariant">Its name in the list of invariants, for example I12.</param>
internal sealed record Violation(string Invariant, string Message);
