using static Executor.Core.Tests.Expressions.Evaluating;

namespace Executor.Core.Tests.Expressions;

public class TimeFunctionTests
{
    [Theory]
    [InlineData("now()", "2026-01-31T12:34:56.789Z")]
    [InlineData("today()", "2026-01-31")]
    [InlineData("format_date(now(), \"%Y/%m/%d %H:%M:%S\")", "2026/01/31 12:34:56")]
    [InlineData("format_date(\"2026-02-03\", \"%d. %B %Y, %A %%\")", "03. February 2026, Tuesday %")]
    [InlineData("now() | format_date(\"%Y\")", "2026")]
    [InlineData("parse_date(\"2026-01-31\")", "2026-01-31T00:00:00.000Z")]
    [InlineData("parse_date(\"2026-01-31T12:00:00+02:00\")", "2026-01-31T10:00:00.000Z")]
    [InlineData("parse_date(\"2026-01-31 12:00\")", "2026-01-31T12:00:00.000Z")]
    [InlineData("parse_date(\"31.01.2026 23:59\", \"%d.%m.%Y %H:%M\")", "2026-01-31T23:59:00.000Z")]
    [InlineData("add_seconds(now(), 3.5)", "2026-01-31T12:35:00.289Z")]
    [InlineData("add_seconds(\"2026-03-01\", -1)", "2026-02-28T23:59:59.000Z")]
    [InlineData("uuid()", "uuid-1")]
    public void Times_are_iso_texts_in_utc(string source, string text) => Gives($"\"{text}\"", source);

    [Theory]
    [InlineData("parse_date(\"soon\")", "expr.type")]
    [InlineData("parse_date(\"2026-02-30\")", "expr.type")]
    [InlineData("parse_date(\"2026\", \"%Y-%m\")", "expr.type")]
    [InlineData("parse_date(\"01-31\", \"%m-%d\")", "expr.arguments")]
    [InlineData("format_date(\"x\", \"%Y\")", "expr.type")]
    [InlineData("format_date(now(), \"yyyy\")", "expr.arguments")]
    [InlineData("format_date(now(), \"%Q\")", "expr.arguments")]
    [InlineData("format_date(now(), \"100%\")", "expr.arguments")]
    [InlineData("add_seconds(now(), number(\"1e300\"))", "expr.overflow")]
    [InlineData("add_seconds(now(), -99999999999999)", "expr.overflow")]
    [InlineData("add_seconds(now(), \"1\")", "expr.type")]
    public void What_is_no_time_is_refused(string source, string code) => Fails(code, source);

    [Fact]
    public void Texts_of_times_sort_as_times() =>
        Gives("true", "add_seconds(now(), 0.211) > now() and parse_date(\"2026-01-31T12:34:57Z\") > now()");

    [Fact]
    public void Each_id_of_a_decision_is_another() => Gives("[\"uuid-1\",\"uuid-2\"]", "[uuid(), uuid()]");
}
