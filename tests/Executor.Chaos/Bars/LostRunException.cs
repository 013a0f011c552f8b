namespace Executor.Chaos.Bars;

/// <summary>A run that was to complete has not.</summary>
public sealed class LostRunException(string message) : Exception(message);
