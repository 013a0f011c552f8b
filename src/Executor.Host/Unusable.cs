namespace Executor.Host;

/// <summary>The call cannot be carried out as it is; a person has to change something.</summary>
/// <param name="place">File, line and column; null when it is not about a file.</param>
internal class Unusable(string code, string message, string? advice = null, string? place = null)
    : Exception(message)
{
    public string Code { get; } = code;

    public string? Advice { get; } = advice;

    public string? Place { get; } = place;

    public int ExitCode { get; init; } = Host.ExitCode.Unusable;
}
