namespace Executor.Core.Messages;

/// <summary>A body that no reader of this version can ever handle; the sentence says what was expected.</summary>
public sealed class MalformedMessageException : Exception
{
    public MalformedMessageException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
