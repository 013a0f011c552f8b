using Executor.Chaos.Faults;

namespace Executor.Chaos.Evidences;

/// <summary>What the nemesis has done.</summary>
/// <param name="End">When what it had taken away was there again.</param>
/// <param name="Process">Of the one that was killed or frozen; null where there is none such.</param>
internal sealed record Fault(FaultKind Kind, string Target, DateTimeOffset Begin, DateTimeOffset End, int? Process);
