namespace Executor.Chaos;

/// <summary>The runner itself, or the machine, could not do its part: says nothing about the product.</summary>
public sealed class HarnessException(string message, Exception? inner = null) : Exception(message, inner);
