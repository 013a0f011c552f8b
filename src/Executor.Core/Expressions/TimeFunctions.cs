using Executor.Core.Values;

namespace Executor.Core.Expressions;

/// <summary>Times as ISO 8601 texts in UTC, and new ids; both are decided by the scope.</summary>
internal static class TimeFunctions
{
    public static readonly Function[] All =
    [
        new("now", 0, arguments => Value.Of(IsoTime.Write(arguments.Evaluation.Scope.Now))),
        new("today", 0, arguments => Value.Of(IsoTime.WriteDate(arguments.Evaluation.Scope.Now))),
        new("uuid", 0, arguments => Value.Of(arguments.Evaluation.Scope.NextUuid())),
        new("format_date", 2, arguments =>
            arguments.Built(Pattern(arguments).Write(Time(arguments, 0)))),
        new("parse_date", 1, 2, ParseDate),
        new("add_seconds", 2, AddSeconds),
    ];

    private static Value ParseDate(Arguments arguments)
    {
        if (arguments.Count == 1)
        {
            return Value.Of(IsoTime.Write(Time(arguments, 0)));
        }

        var pattern = Pattern(arguments);
        if (!pattern.HasYear)
        {
            throw arguments.Impossible(1, "A date has a year.", "Add %Y to the format.");
        }

        return pattern.TryRead(arguments.Text(0), out var time)
            ? Value.Of(IsoTime.Write(time))
            : throw Failure.Type(arguments.PlaceOf(0), "The text is not a time of this format.");
    }

    private static Value AddSeconds(Arguments arguments)
    {
        var time = Time(arguments, 0);
        var ticks = arguments.Number(1) * TimeSpan.TicksPerSecond;
        var room = ticks < 0 ? time.Ticks : DateTimeOffset.MaxValue.Ticks - time.Ticks;
        return Math.Abs(ticks) <= room
            ? Value.Of(IsoTime.Write(time.AddTicks((long)ticks)))
            : throw Failure.Overflow(arguments.At, "The time is outside the years 1 to 9999.");
    }

    private static DateTimeOffset Time(Arguments arguments, int index) =>
        IsoTime.TryRead(arguments.Text(index), out var time)
            ? time
            : throw Failure.Type(
                arguments.PlaceOf(index), "The text is not an ISO 8601 time.", "Write 2026-01-31T12:00:00Z.");

    private static TimePattern Pattern(Arguments arguments)
    {
        var format = arguments.Text(1);
        return TimePattern.TryParse(format, out var pattern)
            ? pattern
            : throw arguments.Impossible(
                1, $"'{format}' is not a format of times.", "Write for example %Y-%m-%d %H:%M:%S.");
    }
}
