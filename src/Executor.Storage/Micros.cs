namespace Executor.Storage;

/// <summary>Times as databases keep them: whole microseconds since 1970 in UTC.</summary>
internal static class Micros
{
    public static long Of(DateTimeOffset time) => Of(time - DateTimeOffset.UnixEpoch);

    public static long Of(TimeSpan span) => span.Ticks / TimeSpan.TicksPerMicrosecond;

    public static long? Of(DateTimeOffset? time) => time is { } known ? Of(known) : null;

    public static DateTimeOffset ToTime(long micros) =>
        DateTimeOffset.UnixEpoch.AddTicks(micros * TimeSpan.TicksPerMicrosecond);

    public static DateTimeOffset? ToTime(long? micros) => micros is { } known ? ToTime(known) : null;
}
