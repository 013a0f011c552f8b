namespace Executor.Chaos.Faults;

/// <summary>What a fault has struck.</summary>
/// <param name="Process">Of the one that was killed or frozen; null where there is none such.</param>
internal sealed record Hit(string Target, int? Process = null);
