namespace Executor.Worker.Actions;

/// <summary>An input that the action cannot work with.</summary>
public sealed class ActionInputException(string code, string message) : Exception(message)
{
    /// <summary><c>input.missing</c>, <c>input.type</c>, <c>input.range</c> and so on.</summary>
    public string Code { get; } = code;
}
