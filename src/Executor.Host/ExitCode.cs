namespace Executor.Host;

/// <summary>What a caller's script may rely on.</summary>
internal static class ExitCode
{
    public const int Completed = 0;

    /// <summary>The run ended failed, timed out or cancelled; or a check found problems.</summary>
    public const int Failed = 1;

    /// <summary>Nothing was started: refused, or the call cannot be understood.</summary>
    public const int Unusable = 2;

    /// <summary>A server that must not start as it is configured.</summary>
    public const int Configuration = 78;

    public const int Interrupted = 130;
}
