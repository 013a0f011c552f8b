namespace Executor.Rehearsal;

/// <summary>A run went otherwise than a test expected. The message says how, and why its tasks ran or did not.</summary>
public sealed class RehearsalExpectationException : Exception
{
    internal RehearsalExpectationException(string message)
        : base(message)
    {
    }
}
