using Executor.Core.Expressions;

namespace Executor.Core.Workflows.Yaml;

/// <summary>Ends the reading of a text at once; never leaves this folder.</summary>
internal sealed class YamlRefusedException(string code, string message, Position at, string? advice = null)
    : Exception(message)
{
    public string Code { get; } = code;

    public Position At { get; } = at;

    /// <summary>Null is the code's own.</summary>
    public string? Advice { get; } = advice;
}
