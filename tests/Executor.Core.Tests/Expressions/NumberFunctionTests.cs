using static Executor.Core.Tests.Expressions.Evaluating;

namespace Executor.Core.Tests.Expressions;

public class NumberFunctionTests
{
    [Theory]
    [InlineData("abs(-2)", "2")]
    [InlineData("abs(-2.5)", "2.5")]
    [InlineData("floor(-1.5)", "-2")]
    [InlineData("ceil(1.2)", "2")]
    [InlineData("round(2.5)", "3")]
    [InlineData("round(-2.5)", "-3")]
    [InlineData("round(7)", "7")]
    [InlineData("min(1, 2.5)", "1.0")]
    [InlineData("max(1, 2.5)", "2.5")]
    [InlineData("min(3, 1, 2)", "1")]
    [InlineData("max(\"a\",\"b\")", "\"b\"")]
    [InlineData("sum([])", "0")]
    [InlineData("sum([1,2])", "3")]
    [InlineData("sum([1,2.5])", "3.5")]
    [InlineData("-1 | abs", "1")]
    [InlineData("2 * -3 | abs", "6")]
    public void Numbers_are_rounded_compared_and_added(string source, string json) => Gives(json, source);

    [Theory]
    [InlineData("floor(number(\"1e30\"))", "expr.overflow")]
    [InlineData("abs(-9223372036854775808)", "expr.overflow")]
    [InlineData("sum([9223372036854775807, 1])", "expr.overflow")]
    [InlineData("min(1,\"a\")", "expr.type")]
    [InlineData("min(1)", "expr.arguments")]
    [InlineData("sum([\"a\"])", "expr.type")]
    [InlineData("sum(1)", "expr.type")]
    [InlineData("floor(\"1\")", "expr.type")]
    [InlineData("abs(true)", "expr.type")]
    public void What_has_no_number_for_a_result_is_an_error(string source, string code) => Fails(code, source);
}
