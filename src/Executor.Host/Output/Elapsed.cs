using System.Globalization;

namespace Executor.Host.Output;

/// <summary>A span of time as people read it.</summary>
internal static class Elapsed
{
    public static string Text(TimeSpan span) => span switch
    {
        { TotalSeconds: < 60 } => span.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture) + " s",
        { TotalHours: < 1 } => $"{span.Minutes} min {span.Seconds} s",
        _ => $"{(int)span.TotalHours} h {span.Minutes} min",
    };
}
