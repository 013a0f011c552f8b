namespace Executor.Host.Watching;

/// <summary>Shows people what a run does while it does it, on standard error.</summary>
internal interface IProgressView
{
    /// <summary>Returns soon after <paramref name="end"/>, with the last state shown.</summary>
    Task ShowAsync(RunMirror mirror, CancellationToken end);
}
