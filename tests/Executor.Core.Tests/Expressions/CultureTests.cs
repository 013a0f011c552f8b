using System.Globalization;
using System.Reflection;
using Executor.Core.Expressions;
using Executor.Core.Tests.Vectors;
using Executor.Core.Values;

namespace Executor.Core.Tests.Expressions;

public class CultureTests
{
    private static readonly string[] Sources =
    [
        "[1.5, -2, 1e300, -0.25, 1234567.5]", "string(-1234567.5)", "number('-1.5')", "int('-3.9')", "int('-7')", "-7 ~ 1.5",
        "lower('AI')", "upper('i')", "title('i i')", "'i' == 'I'", "'a' < 'B'", "sort(['b', 'ä', 'a', 'B'])",
        "index_of('straße', 'ss')", "contains('ab', '\u200d')", "starts_with('\u200dab', 'a')",
        "now()", "today()", "format_date(now(), '%A %d %B %Y %H:%M:%S %p')", "parse_date('2026-01-31T12:00:00Z')",
        "parse_date('31 January 2026', '%d %B %Y')", "add_seconds(now(), -1.5)", "match('(?i)i', 'I')",
        "matches('ı', '(?i)I')", "regex_replace('I', '(?i)i', 'x')", "to_json({'a': -1.5})", "to_yaml([-1.5, 'i'])",
        "from_yaml('[-1.5, 1e3, -7]')", "from_json('[-1.5, -7]')", "unique(['i', 'I', 'ı'])", "replace('Iı', 'i', 'x')",
    ];

    [Fact]
    public void An_expression_means_the_same_in_every_culture()
    {
        var expected = Sources.Select(Text).ToArray();

        Strangely(() =>
        {
            Assert.Equal("~1,5", (-1.5).ToString(CultureInfo.CurrentCulture));
            Assert.Equal(expected, Sources.Select(Text));
            Assert.Equal("2:7", Expression.Parse("1\n+ n + x", Position.Start).References.Names[1].At.ToString());
            Assert.Equal(Value.Of(-1.5), ValueJson.Parse("-1.5"));
        });
    }

    [Theory]
    [Trait("vector", "1")]
    [InlineData(typeof(ExpressionVectors))]
    [InlineData(typeof(FunctionVectors))]
    [InlineData(typeof(TemplateVectors))]
    [InlineData(typeof(TransitionVectors))]
    [InlineData(typeof(SchemaVectors))]
    public void Whole_tables_of_expected_values_hold_in_every_culture(Type tables)
    {
        var rows = tables.GetMethods().SelectMany(
            table => table.GetCustomAttributes<InlineDataAttribute>().SelectMany(row => row.GetData(table))
                .Select(row => (Table: table, Row: row))).ToList();
        Assert.NotEmpty(rows);

        Strangely(() => Assert.All(
            rows, one => one.Table.Invoke(Activator.CreateInstance(tables), [.. one.Row])));
    }

    private static void Strangely(Action test)
    {
        var former = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = Strange();
            test();
        }
        finally
        {
            CultureInfo.CurrentCulture = former;
        }
    }

    private static string Text(string source) => Evaluating.Evaluate(source).ToString();

    /// <summary>Unlike the invariant culture wherever .NET allows it without culture data.</summary>
    private static CultureInfo Strange()
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NumberDecimalSeparator = ",";
        culture.NumberFormat.NumberGroupSeparator = ".";
        culture.NumberFormat.NegativeSign = "~";
        culture.DateTimeFormat.DateSeparator = ".";
        culture.DateTimeFormat.TimeSeparator = "-";
        culture.DateTimeFormat.AMDesignator = "öö";
        culture.DateTimeFormat.PMDesignator = "ös";
        culture.DateTimeFormat.MonthNames = culture.DateTimeFormat.MonthNames.Select(name => name + "x").ToArray();
        culture.DateTimeFormat.DayNames = culture.DateTimeFormat.DayNames.Select(name => name + "x").ToArray();
        return culture;
    }
}
