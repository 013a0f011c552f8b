namespace Executor.Host.Watching;

internal static class ProgressViews
{
    /// <summary>Only a terminal can be redrawn; anything else gets lines.</summary>
    public static IProgressView Fitting() =>
        Console.IsErrorRedirected || Environment.GetEnvironmentVariable("TERM") is null or "dumb"
            ? new PlainProgress()
            : new LiveProgress();
}
