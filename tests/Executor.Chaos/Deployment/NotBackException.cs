namespace Executor.Chaos.Deployment;

/// <summary>A node that was broken, or beside something that was, does not come back.</summary>
public sealed class NotBackException(string message) : Exception(message);
