using static Executor.Core.Tests.Expressions.Evaluating;

namespace Executor.Core.Tests.Expressions;

public class OperatorTests
{
    [Theory]
    [InlineData("1 + 2 * 3", "7")]
    [InlineData("(1 + 2) * 3", "9")]
    [InlineData("-n + 1", "-4")]
    [InlineData("7 / 2", "3.5")]
    [InlineData("6 / 2", "3")]
    [InlineData("6.0 / 2", "3.0")]
    [InlineData("-7 % 3", "-1")]
    [InlineData("7 % -3", "1")]
    [InlineData("7.5 % 2", "1.5")]
    [InlineData("7 // 2", "3")]
    [InlineData("-7 // 2", "-3")]
    [InlineData("7.5 // 2", "3.0")]
    [InlineData("2 * 1.5", "3.0")]
    [InlineData("1 + 2.0", "3.0")]
    [InlineData("5 - 7", "-2")]
    [InlineData("1 - 2 - 3", "-4")]
    [InlineData("--n", "5")]
    [InlineData("1e3", "1000.0")]
    [InlineData("2.5E-1", "0.25")]
    [InlineData("9223372036854775807", "9223372036854775807")]
    [InlineData("-9223372036854775808", "-9223372036854775808")]
    [InlineData("-9223372036854775808 % -1", "0")]
    public void Numbers_are_computed_exactly_or_as_floats(string source, string json) => Gives(json, source);

    [Theory]
    [InlineData("1 / 0", "expr.divide-by-zero")]
    [InlineData("1 // 0", "expr.divide-by-zero")]
    [InlineData("1 % 0.0", "expr.divide-by-zero")]
    [InlineData("99999999999999999999", "expr.number")]
    [InlineData("9223372036854775808", "expr.number")]
    [InlineData("1e999", "expr.number")]
    [InlineData("number(\"1e308\") * 10", "expr.overflow")]
    [InlineData("-9223372036854775808 / -1", "expr.overflow")]
    [InlineData("-9223372036854775808 // -1", "expr.overflow")]
    [InlineData("-9223372036854775807 - 2", "expr.overflow")]
    [InlineData("9223372036854775807 * 2", "expr.overflow")]
    [InlineData("-(-9223372036854775808)", "expr.overflow")]
    public void Numbers_that_do_not_exist_are_errors(string source, string code) => Fails(code, source);

    [Theory]
    [InlineData("3 == 3.0", "true")]
    [InlineData("\"3\" == 3", "false")]
    [InlineData("null == false", "false")]
    [InlineData("9007199254740993 == 9007199254740992", "false")]
    [InlineData("9007199254740993 == 9007199254740992.0", "false")]
    [InlineData("""[1, {"a": 2}] == [1.0, {"a": 2.0}]""", "true")]
    [InlineData("""{"a": 1, "b": 2} == {"b": 2, "a": 1}""", "true")]
    [InlineData("""{"a": 1} == {"a": 1, "b": 2}""", "false")]
    [InlineData("[1] == [1, 2]", "false")]
    [InlineData("o != z", "true")]
    [InlineData("a != [1, 2, 3]", "false")]
    public void Equality_is_deep_and_never_an_error(string source, string json) => Gives(json, source);

    [Theory]
    [InlineData("\"a\" < \"b\"", "true")]
    [InlineData("\"Z\" < \"a\"", "true")]
    [InlineData("\"\uFFFD\" < \"😀\"", "true")]
    [InlineData("\"a\" < \"ab\"", "true")]
    [InlineData("\"a\" <= \"a\"", "true")]
    [InlineData("[1,2] < [1,3]", "true")]
    [InlineData("[1] < [1,0]", "true")]
    [InlineData("[] < [1]", "true")]
    [InlineData("1 < 1.5", "true")]
    [InlineData("1.5 > 1", "true")]
    [InlineData("-1.5 < -1", "true")]
    [InlineData("2 >= 2.0", "true")]
    [InlineData("9007199254740993 > 9007199254740992.0", "true")]
    [InlineData("9223372036854775807 < 1e300", "true")]
    [InlineData("-9223372036854775808 > -1e300", "true")]
    public void Numbers_texts_and_lists_have_an_order(string source, string json) => Gives(json, source);

    [Theory]
    [InlineData("[1] < [\"a\"]")]
    [InlineData("true < false")]
    [InlineData("z < 1")]
    [InlineData("o < o")]
    [InlineData("1 < \"2\"")]
    [InlineData("-\"a\"")]
    [InlineData("\"a\" + 1")]
    [InlineData("z + 1")]
    [InlineData("a + 1")]
    [InlineData("\"a\" * 2")]
    [InlineData("true + 1")]
    [InlineData("o + o")]
    public void Nothing_is_converted_silently(string source) => Fails("expr.type", source);

    [Theory]
    [InlineData("\"a\" + \"b\"", "\"ab\"")]
    [InlineData("[1] + [2]", "[1,2]")]
    [InlineData("n ~ \"x\"", "\"5x\"")]
    [InlineData("z ~ 1.0 ~ [1, \"a\"]", "\"1.0[1,\\\"a\\\"]\"")]
    [InlineData("1 + 1 ~ 1", "\"21\"")]
    [InlineData("1 ~ 2 == \"12\"", "true")]
    public void Texts_and_lists_are_joined(string source, string json) => Gives(json, source);

    [Theory]
    [InlineData("2 in a", "true")]
    [InlineData("2.0 in a", "true")]
    [InlineData("\"k\" in o", "true")]
    [InlineData("\"ell\" in \"hello\"", "true")]
    [InlineData("\"\" in \"\"", "true")]
    [InlineData("9 not in a", "true")]
    [InlineData("not 2 in a", "false")]
    [InlineData("z in [null]", "true")]
    public void In_looks_into_lists_keys_and_texts(string source, string json) => Gives(json, source);

    [Theory]
    [InlineData("1 in o")]
    [InlineData("1 in \"1\"")]
    [InlineData("1 in 5")]
    [InlineData("1 in z")]
    public void In_needs_something_that_can_contain(string source) => Fails("expr.type", source);

    [Theory]
    [InlineData("not e", "true")]
    [InlineData("not 0", "true")]
    [InlineData("not 0.0", "true")]
    [InlineData("not \"\"", "true")]
    [InlineData("not z", "true")]
    [InlineData("not {}", "true")]
    [InlineData("not false", "true")]
    [InlineData("not \"false\"", "false")]
    [InlineData("not not n", "true")]
    [InlineData("n and \"x\"", "true")]
    [InlineData("z or 0", "false")]
    [InlineData("z or \"x\"", "true")]
    [InlineData("false and missing", "false")]
    [InlineData("true or missing", "true")]
    [InlineData("n > 1 and not n > 9", "true")]
    [InlineData("true or false and false", "true")]
    [InlineData("1 if n > 3 else 2", "1")]
    [InlineData("1 if n > 9 else 2 if n > 4 else 3", "2")]
    [InlineData("missing if false else 2", "2")]
    [InlineData("1 if true else missing", "1")]
    [InlineData("(1 if z else 2) + 1", "3")]
    public void Logic_gives_booleans_and_looks_no_further_than_needed(string source, string json) => Gives(json, source);

    [Theory]
    [InlineData("1 < 2 < 3", 7)]
    [InlineData("a == a == true", 8)]
    [InlineData("1 in a in a", 8)]
    [InlineData("n is null == true", 11)]
    [InlineData("n not in a not in a", 12)]
    public void Comparisons_are_not_chained(string source, int column)
    {
        var error = Fails("expr.syntax", source);

        Assert.Equal(column, error.At.Column);
        Assert.Contains("Join with and", error.Hint, StringComparison.Ordinal);
    }
}
