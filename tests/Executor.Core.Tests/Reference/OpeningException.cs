namespace Executor.Core.Tests.Reference;

/// <summary>A part of a task that has a value, but none that can be used.</summary>
internal sealed class OpeningException(string code) : Exception(code)
{
    public string Code { get; } = code;
}
