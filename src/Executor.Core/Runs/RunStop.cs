namespace Executor.Core.Runs;

/// <summary>What a caller that stops wants of the runs that it has called.</summary>
/// <param name="Reason">For people; null when none was given.</param>
/// <param name="StopRunning">What runs is asked to stop, whatever the called workflow's own policy is.</param>
public sealed record RunStop(string? Reason, bool StopRunning);
