using Executor.Core.Values;
using Executor.Core.Workflows;

namespace Executor.Core.Tests.Workflows;

public sealed class DurationsTests
{
    [Theory]
    [InlineData("90s", 90)]
    [InlineData("5m", 300)]
    [InlineData("1h30m", 5400)]
    [InlineData("250ms", 0.25)]
    [InlineData("1m30s500ms", 90.5)]
    [InlineData("1.5h", 5400)]
    [InlineData("90", 90)]
    [InlineData(" 0.5 ", 0.5)]
    [InlineData("0", 0)]
    public void A_text_is_read_as_hours_minutes_seconds_and_milliseconds(string text, double seconds)
    {
        Assert.True(Durations.TryParse(text, out var duration));
        Assert.Equal(TimeSpan.FromSeconds(seconds), duration);
    }

    [Theory]
    [InlineData("")]
    [InlineData("s")]
    [InlineData("-5s")]
    [InlineData("-5")]
    [InlineData("5 m")]
    [InlineData("30m1h")]
    [InlineData("5S")]
    [InlineData("1e3")]
    [InlineData("1,000")]
    [InlineData("9999999999h")]
    [InlineData("99999999999999999999999999999999999999")]
    [InlineData("NaN")]
    public void Anything_else_is_no_duration(string text) => Assert.False(Durations.TryParse(text, out _));

    [Fact]
    public void Numbers_are_seconds_and_other_values_are_none()
    {
        Assert.True(Durations.TryParse(Value.Of(5), out var whole));
        Assert.Equal(TimeSpan.FromSeconds(5), whole);
        Assert.True(Durations.TryParse(Value.Of(0.25), out var fraction));
        Assert.Equal(TimeSpan.FromMilliseconds(250), fraction);
        foreach (var value in new[]
        {
            Value.Of(-1), Value.Of(-0.5), Value.Of(long.MaxValue), Value.Of(1e300), Value.Null, Value.True, Value.List.Empty,
        })
        {
            Assert.False(Durations.TryParse(value, out _));
        }
    }

    [Theory]
    [InlineData("1d", "24h")]
    [InlineData("1.5 days", "36h")]
    [InlineData("2w", "336h")]
    [InlineData("5min", "5m")]
    [InlineData("10 seconds", "10s")]
    [InlineData("1h 30m", "1h30m")]
    [InlineData("1d12h", "36h")]
    [InlineData("30m1h", "1h30m")]
    [InlineData("1 month", null)]
    [InlineData("soon", null)]
    [InlineData("", null)]
    [InlineData("99999999d", null)]
    public void What_was_probably_meant_is_told_in_units_that_are_read(string text, string? meant) =>
        Assert.Equal(meant, Durations.InUnits(text));
}
